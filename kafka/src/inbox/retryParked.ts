import type { Log } from '@foyer/platform';
import type { Pool } from 'pg';
import type { EventDefinition } from '../event/defineEvent.js';
import { applyEvent, type StoreTransaction } from './applyEvent.js';
import type { EventHandler } from './defineHandler.js';
import { isHandled } from './isHandled.js';
import { judgeMessage } from './judgeMessage.js';
import { PROCESS_ID } from './processId.js';
import { DEATHS_OF_POISON, retryDelay, type RetryPolicy } from './retryPolicy.js';
import { soloGate } from './soloGate.js';

export interface RetryParkedOptions<Client> {
  readonly group: string;
  readonly pool: Pool;
  readonly transaction: StoreTransaction<Client>;
  readonly handlersOf: ReadonlyMap<string, readonly EventHandler<Client>[]>;
  readonly definitions: ReadonlyMap<string, EventDefinition>;
  readonly retryPolicy: RetryPolicy;
  /** Whether this process still holds the lease: one process retries at a time. */
  readonly mayGoOn: () => boolean;
  readonly log: Log;
}

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
 * @returns milliseconds until the next one is due; null when none waits.
 */
export async function retryParked<Client>(options: RetryParkedOptions<Client>): Promise<number | null> {
  const { group, pool, mayGoOn } = options;
  while (mayGoOn()) {
    const { rows } = await pool.query<DueRow>(READ_DUE, [group, PROCESS_ID]);
    if (rows.length === 0) break;
    await Promise.all(rows.map((row) => retryOne(row, options)));
  }
  const { rows } = await pool.query<{ delay: number | null }>(NEXT_DUE, [group]);
  return rows[0]?.delay ?? null;
}

async function retryOne<Client>(row: DueRow, options: RetryParkedOptions<Client>): Promise<void> {
  const { pool, handlersOf } = options;
  if (!row.unfinished) {
    await soloGate.beside(() => attempt(row, false, 0, options));
    return;
  }
  await soloGate.alone(async () => {
    const deaths = row.alone ? row.deaths + 1 : 0;
    if (deaths >= DEATHS_OF_POISON && !(await isHandled(pool, row.event as object, handlersOf))) {
      const reason = `poison: ${deaths} processes in a row ended while they handled it alone`;
      await pool.query(BURY, [row.id, reason, row.attempts + 1]);
      return;
    }
    await attempt(row, true, deaths, options);
  });
}

async function attempt<Client>(
  row: DueRow,
  alone: boolean,
  deaths: number,
  { pool, transaction, handlersOf, definitions, retryPolicy, log }: RetryParkedOptions<Client>,
): Promise<void> {
  await pool.query(TAKE_IN_HAND, [row.id, PROCESS_ID, alone, deaths]);
  const message = { offset: 0, key: row.aggregateId, value: row.event };
  const judgement = judgeMessage(message, definitions);
  if (judgement.kind === 'refuse') {
    await pool.query(BURY, [row.id, judgement.reason, row.attempts]);
    return;
  }
  try {
    // One whose handler is gone since it was parked has nothing left to do.
    if (judgement.kind === 'handle') {
      const { event } = judgement;
      await applyEvent(event, handlersOf.get(event.type) ?? [], null, transaction);
    }
    await pool.query('delete from messaging.parked_event where id = $1', [row.id]);
  } catch (error) {
    const attempts = row.attempts + 1;
    const delay = retryDelay(retryPolicy, attempts);
    if (delay === null) {
      log.error({ err: error, event: row.eventId, attempts }, 'an event is dead');
      await pool.query(BURY, [row.id, String(error), attempts]);
    } else {
      await pool.query(POSTPONE, [row.id, String(error), attempts, delay]);
    }
  }
}

/** The first of an aggregate is the one with no earlier version before it, dead ones included. */
const READ_DUE = `
  select p.id::text as id, p.event_id as "eventId", p.aggregate_id as "aggregateId", p.event, p.attempts,
         (p.holder is not null and p.holder <> $2::uuid) as unfinished, p.alone, p.deaths
  from messaging.parked_event p
  where p.consumer_group = $1 and p.state = 'WAITING' and p.next_attempt_at <= clock_timestamp()
    and not exists (
      select from messaging.parked_event e
      where e.consumer_group = p.consumer_group and e.aggregate_type = p.aggregate_type
        and e.aggregate_id = p.aggregate_id and (e.aggregate_version, e.id) < (p.aggregate_version, p.id)
    )
  order by p.next_attempt_at
  limit 4`;

const NEXT_DUE = `
  select (extract(epoch from min(p.next_attempt_at) - clock_timestamp()) * 1000)::float8 as delay
  from messaging.parked_event p
  where p.consumer_group = $1 and p.state = 'WAITING' and p.next_attempt_at > clock_timestamp()`;

const TAKE_IN_HAND = `
  update messaging.parked_event set holder = $2::uuid, alone = $3::boolean, deaths = $4::int where id = $1::bigint`;

const POSTPONE = `
  update messaging.parked_event
  set reason = $2, attempts = $3::int, holder = null, alone = false, deaths = 0,
      next_attempt_at = clock_timestamp() + $4::float8 * interval '1 millisecond'
  where id = $1::bigint`;

const BURY = `
  update messaging.parked_event
  set state = 'DEAD', reason = $2, attempts = $3::int, holder = null, alone = false, deaths = 0
  where id = $1::bigint`;
