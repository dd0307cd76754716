import type { Pool } from 'pg';
import type { BusMessage } from '../bus/eventBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { GroupPartition } from './partitionReader.js';

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

/** Parks an event; one that is parked already stays as it is. */
export async function parkEvent(
  pool: Pool,
  { group, topic, partition }: GroupPartition,
  { message, event, state, reason, attempts, delay }: EventToPark,
): Promise<void> {
  await pool.query(PARK, [
    group,
    topic,
    textOr(event.id, `${topic}/${partition}/${message.offset}`),
    textOr(event.aggregatetype, ''),
    textOr(event.subject, message.key),
    Number.isSafeInteger(event.aggregateversion) ? event.aggregateversion : 0,
    textOr(event.type, ''),
    JSON.stringify(message.value),
    state,
    reason === null ? null : storable(reason),
    attempts,
    delay,
  ]);
}

/** A message that is not an event may have anything in the place of an attribute. */
function textOr(value: unknown, fallback: string): string {
  return storable(typeof value === 'string' ? value : fallback);
}

/** Postgres stores no NUL in text, and a message that can't be parked would hold up its partition for ever. */
function storable(text: string): string {
  return text.replaceAll('\0', '');
}

const PARK = `
  insert into messaging.parked_event
    (consumer_group, topic, event_id, aggregate_type, aggregate_id, aggregate_version, type, event,
     state, reason, attempts, next_attempt_at)
  values ($1, $2, $3, $4, $5, $6::bigint, $7, $8::json, $9, $10, $11::int,
          clock_timestamp() + $12::float8 * interval '1 millisecond')
  on conflict (consumer_group, event_id) do nothing`;
