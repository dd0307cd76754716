import { pgTransaction, storableText } from '@foyer/platform';
import type { Pool } from 'pg';
import type { BusMessage } from '../bus/eventBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { Outbox } from '../outbox/createOutbox.js';
import type { GroupPartition } from './partitionReader.js';
import { DEAD_EVENT, writeDeadLetter, type DeadEvent } from './writeDeadLetter.js';

/** An event that can't be handled now, or may not be because one of its aggregate is parked before it. */
export interface EventToPark {
  readonly message: BusMessage;
  /** What there is of an envelope. */
  readonly event: Partial<CloudEvent>;
  /** `DEAD` waits for an operator; `WAITING` is tried when it is due and first of its aggregate. */
  readonly state: 'WAITING' | 'DEAD';
  /** Null when it is only behind another. */
  readonly reason: string | null;
  readonly attempts: number;
  /** Until it is due, in milliseconds. */
  readonly delay: number;
}

/** Parks an event; one that is parked already stays as it is. For one that is dead its dead letter is written. */
export async function parkEvent(
  pool: Pool,
  outbox: Outbox,
  { group, topic, partition }: GroupPartition,
  { message, event, state, reason, attempts, delay }: EventToPark,
): Promise<void> {
  const place = `${topic}/${partition}/${message.offset}`;
  const values = [
    group,
    topic,
    textOr(event.id, place),
    textOr(event.aggregatetype, ''),
    textOr(event.subject, storableText(message.key).slice(0, LONGEST_NAME)),
    isVersion(event.aggregateversion) ? event.aggregateversion : 0,
    textOr(event.type, ''),
    JSON.stringify(message.value),
    state,
    reason === null ? null : storableText(reason),
    attempts,
    delay,
    partition,
    message.offset,
  ];
  await pgTransaction(pool, async (sql) => {
    const [parked] = await sql.query<DeadEvent>(PARK, values);
    if (parked !== undefined && state === 'DEAD') await writeDeadLetter(sql, outbox, parked);
  });
}

/** In an index: Postgres takes entries of some 2,700 bytes. */
const LONGEST_NAME = 255;

/** A message that is not an event may have anything in the place of an attribute. */
function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' && value.length <= LONGEST_NAME ? storableText(value) : fallback;
}

function isVersion(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

const PARK = `
  insert into messaging.parked_event
    (consumer_group, topic, event_id, aggregate_type, aggregate_id, aggregate_version, type, event,
     state, reason, attempts, next_attempt_at, partition, log_offset)
  values ($1, $2, $3, $4, $5, $6::bigint, $7, $8::json, $9, $10, $11::int,
          clock_timestamp() + $12::float8 * interval '1 millisecond', $13::int, $14::bigint)
  on conflict (consumer_group, event_id) do nothing
  returning ${DEAD_EVENT}`;
