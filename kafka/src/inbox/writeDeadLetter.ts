import { invariant, type SqlTransaction, storableText } from '@foyer/platform';
import * as contracts from '../contracts/deadLetterEvents.js';
import type { Outbox } from '../outbox/createOutbox.js';

/** In characters; the whole of it is in the database. */
const LONGEST_MESSAGE = 256 * 1024;
const LONGEST_REASON = 10_000;

/** What a statement has to give of an event that it made dead, for `writeDeadLetter`. */
export const DEAD_EVENT = `
  id::text as "parkedId", topic, partition, log_offset::float8 as "offset", event_id as "eventId", type as "eventType",
  aggregate_type as "aggregateType", aggregate_id as "aggregateId", aggregate_version::float8 as "aggregateVersion",
  reason, attempts, left(event::text, ${LONGEST_MESSAGE}) as message, length(event::text) > ${LONGEST_MESSAGE} as truncated`;

/** An event that has become dead, as `DEAD_EVENT` gives it. */
export interface DeadEvent {
  readonly parkedId: string;
  readonly topic: string;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly eventId: string;
  readonly eventType: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly reason: string | null;
  readonly attempts: number;
  readonly message: string;
  readonly truncated: boolean;
}

const definitions = Object.values(contracts);

/**
 * Tells the world of a dead event, in the transaction that makes it dead: on the dead-letter topic of the subgraph,
 * under the id of the aggregate that the event was about, so that those of one aggregate stay in order.
 */
export async function writeDeadLetter(
  sql: SqlTransaction,
  outbox: Outbox,
  { reason, ...dead }: DeadEvent,
): Promise<void> {
  const definition = definitions.find(({ topic }) => topic === `${outbox.subgraph}-dead-letters`);
  invariant(definition, `${outbox.subgraph} has no topic for dead letters`);
  await outbox.append(sql, definition, {
    // A message that is no event may have no key.
    aggregateId: dead.aggregateId === '' ? dead.eventId : dead.aggregateId,
    // Of what the event itself says nothing is trusted: not even what it was caused by.
    causation: {},
    data: { ...dead, reason: storableText((reason ?? '').slice(0, LONGEST_REASON)) },
  });
}
