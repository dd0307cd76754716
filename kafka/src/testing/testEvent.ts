import { newId } from '@foyer/platform';
import type { EventDataOf, EventDefinition, EventOf } from '../event/defineEvent.js';

/** What a test says of an event; the rest is made up. */
export interface TestEvent<Definition extends EventDefinition> {
  readonly data: EventDataOf<Definition>;
  /** Default: a new id. */
  readonly aggregateId?: string;
  /** Default 1. */
  readonly aggregateVersion?: number;
  /** Default: a new id. */
  readonly id?: string;
  readonly correlationId?: string;
}

/** An event as another subgraph would have published it. */
export function testEvent<Definition extends EventDefinition>(
  definition: Definition,
  { data, aggregateId = newId(), aggregateVersion = 1, id = newId(), correlationId }: TestEvent<Definition>,
): EventOf<Definition> {
  return {
    specversion: '1.0',
    id,
    source: '/foyer/test',
    type: definition.type,
    subject: aggregateId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: definition.dataSchema,
    data,
    aggregatetype: definition.aggregateType,
    aggregateversion: aggregateVersion,
    ...(correlationId === undefined ? {} : { correlationid: correlationId }),
  };
}
