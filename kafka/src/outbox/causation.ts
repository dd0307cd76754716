import { AsyncLocalStorage } from 'node:async_hooks';
import type { CloudEvent } from '../event/cloudEvent.js';

/** What an event is the consequence of. */
export interface Causation {
  /** Shared by everything that one request caused. */
  readonly correlationId?: string;
  /** The id of the event that caused it. */
  readonly causationId?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}

const storage = new AsyncLocalStorage<Causation>();

/** Runs `work`; events that it appends without a causation of their own carry this one. */
export function withCausation<Result>(causation: Causation, work: () => Result): Result {
  return storage.run(causation, work);
}

/** The causation of what runs now; empty when nothing is known of it. */
export function currentCausation(): Causation {
  return storage.getStore() ?? {};
}

/** The causation of what is done because of an event. */
export function causedBy({ id, correlationid, traceparent }: CloudEvent): Causation {
  return {
    causationId: id,
    correlationId: correlationid ?? id,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
