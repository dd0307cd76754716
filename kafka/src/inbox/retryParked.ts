import { settleAll, storableText, type Log } from '@foyer/platform';
import type { Pool } from 'pg';
import type { Outbox } from '../outbox/createOutbox.js';
import { applyEvent, type StoreTransaction } from './applyEvent.js';
import { buryEvent } from './buryEvent.js';
import { createLimit } from './createLimit.js';
import type { EventHandler } from './defineHandler.js';
import { isHandled } from './isHandled.js';
import { judgeMessage } from './judgeMessage.js';
import type { KnownEvents } from './knownEvents.js';
import { PROCESS_ID } from './processId.js';
import { DEATHS_OF_POISON, retryDelay, type RetryPolicy } from './retryPolicy.js';
import { soloGate } from './soloGate.js';

export interface RetryParkedOptions<Client> {
  readonly group: string;
  readonly pool: Pool;
  readonly transaction: StoreTransaction<Client>;
  /** Where dead letters are written. */
  readonly outbox: Outbox;
  readonly handlersOf: ReadonlyMap<string, readonly EventHandler<Client>[]>;
  readonly known: KnownEvents;
  readonly retryPolicy: RetryPolicy;
  /** Whether this process still holds the lease: one process retries at a time. */
  readonly mayGoOn: () => boolean;
  readonly log: Log;
}

const CONCURRENCY = 4;

interface DueRow {
  readonly id: string;
  readonly eventId: string;
  readonly aggregateId: string;
  readonly event: unknown;
  readonly attempts: number;
  /** Another process had it in hand and did not finish. */
  readonly unfinished: boolean;
  readonly alone: boolean;
  readonly deaths: number;
}

/**
 * Tries parked events that are due and the first of their aggregates, until none is left.
 *
 * @returns milliseconds until the first of those that failed again is due; null when none did.
 */
export async function retryParked<Client>(options: RetryParkedOptions<Client>): Promise<number | null> {
  const { group, pool, mayGoOn } = options;
  const delays: number[] = [];
  const limit = createLimit(CONCURRENCY);
  while (mayGoOn()) {
    const { rows } = await pool.query<DueRow>({
      name: 'due-parked',
      text: READ_DUE,
      values: [group, PROCESS_ID],
    });
    if (rows.length === 0) break;
    const postponed = await settleAll(rows.map((row) => limit(() => retryOne(row, options))));
    delays.push(...postponed.filter((delay) => delay !== null));
  }
  return delays.length === 0 ? null : Math.min(...delays);
}

/** Tries one. @returns milliseconds until it is due again; null when it is not. */
async function retryOne<Client>(row: DueRow, options: RetryParkedOptions<Client>): Promise<number | null> {
  const { pool, outbox, handlersOf } = options;
  if (!row.unfinished) return await soloGate.beside(() => attempt(row, false, 0, options));
  return await soloGate.alone(async () => {
    const deaths = row.alone ? row.deaths + 1 : 0;
    if (deaths >= DEATHS_OF_POISON && !(await isHandled(pool, row.event as object, handlersOf))) {
      const reason = `poison: ${deaths} processes in a row ended while they handled it alone`;
      await buryEvent(pool, outbox, row.id, reason, row.attempts + 1);
      return null;
    }
    return await attempt(row, true, deaths, options);
  });
}

async function attempt<Client>(
  row: DueRow,
  alone: boolean,
  deaths: number,
  { pool, outbox, transaction, handlersOf, known, retryPolicy, log }: RetryParkedOptions<Client>,
): Promise<number | null> {
  await pool.query(TAKE_IN_HAND, [row.id, PROCESS_ID, alone, deaths]);
  const message = { offset: 0, key: row.aggregateId, value: row.event };
  const judgement = judgeMessage(message, known);
  if (judgement.kind === 'refuse') {
    await buryEvent(pool, outbox, row.id, judgement.reason, row.attempts);
    return null;
  }
  try {
    // One whose handler is gone since it was parked has nothing left to do.
    if (judgement.kind === 'handle') {
      const { event } = judgement;
      await applyEvent(event, handlersOf.get(event.dataschema) ?? [], null, transaction);
    }
    await pool.query('delete from messaging.parked_event where id = $1', [row.id]);
    return null;
  } catch (error) {
    const attempts = row.attempts + 1;
    const delay = retryDelay(retryPolicy, attempts);
    if (delay === null) {
      log.error({ err: error, event: row.eventId, attempts }, 'an event is dead');
      await buryEvent(pool, outbox, row.id, String(error), attempts);
    } else {
      await pool.query(POSTPONE, [row.id, storableText(String(error)), attempts, delay]);
    }
    return delay;
  }
}

/**
 * The first parked event of every aggregate, by walking the index from one aggregate to the next: those behind it
 * are not looked at, and there may be thousands behind a dead one.
 */
const READ_DUE = `
  with recursive first as (
    (select id, aggregate_type, aggregate_id from messaging.parked_event
     where consumer_group = $1
     order by consumer_group, aggregate_type, aggregate_id, aggregate_version, id limit 1)
    union all
    select next.* from first
    cross join lateral (
      select id, aggregate_type, aggregate_id from messaging.parked_event p
      where consumer_group = $1
        and (p.aggregate_type, p.aggregate_id) > (first.aggregate_type, first.aggregate_id)
      order by consumer_group, aggregate_type, aggregate_id, aggregate_version, id limit 1
    ) next
  )
  select p.id::text as id, p.event_id as "eventId", p.aggregate_id as "aggregateId", p.event, p.attempts,
         (p.holder is not null and p.holder <> $2::uuid) as unfinished, p.alone, p.deaths
  from first
  join messaging.parked_event p using (id)
  where p.state = 'WAITING' and p.next_attempt_at <= clock_timestamp()
  order by p.next_attempt_at
  limit 50`;

const TAKE_IN_HAND = `
  update messaging.parked_event set holder = $2::uuid, alone = $3::boolean, deaths = $4::int where id = $1::bigint`;

const POSTPONE = `
  update messaging.parked_event
  set reason = $2, attempts = $3::int, holder = null, alone = false, deaths = 0,
      next_attempt_at = clock_timestamp() + $4::float8 * interval '1 millisecond'
  where id = $1::bigint`;
