import type { CloudEvent } from '../event/cloudEvent.js';

/** Names an aggregate. */
export interface AggregateKey {
  readonly aggregateType: string;
  readonly aggregateId: string;
}

/** An event as its owner keeps it. */
export interface ArchivedEvent extends AggregateKey {
  readonly version: number;
  /** As it was published; a contract of any version may describe it. */
  readonly event: CloudEvent;
}

/** The columns of `messaging.every_event` that make an `ArchivedEvent`. */
export const ARCHIVED_EVENT = `e.aggregate_type as "aggregateType", e.aggregate_id as "aggregateId",
  e.aggregate_version::float8 as "version", e.payload as "event"`;
