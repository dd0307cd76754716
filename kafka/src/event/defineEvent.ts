import { invariant } from '@foyer/platform';
import type { Static, TSchema } from '@sinclair/typebox';
import type { CloudEvent } from './cloudEvent.js';
import { dataSchemaUri } from './dataSchemaUri.js';
import type { Topic } from './topics.js';

/** The contract of one type of event: where it is published, about what, and with which data. */
export interface EventDefinition<Type extends string = string, Data extends TSchema = TSchema> {
  readonly type: Type;
  readonly topic: Topic;
  readonly aggregateType: string;
  /**
   * Version of `data`: raised by a change that a consumer of the version before can't read. A consumer
   * that knows only lower versions sends the event to its dead letters.
   */
  readonly version: number;
  readonly data: Data;
  /** The CloudEvents attribute `dataschema`: names type and version. */
  readonly dataSchema: string;
}

/** The envelope, with typed data, of the events that a definition describes. */
export type EventOf<Definition extends EventDefinition> = CloudEvent<
  Definition['type'],
  Static<Definition['data']>
>;

/** The data of the events that a definition describes. */
export type EventDataOf<Definition extends EventDefinition> = Static<Definition['data']>;

const TYPE_PATTERN = /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/;

/**
 * Defines a type of event. Contracts are written once, in `contracts/`, and imported by publisher and
 * consumers; both sides check `data` against the schema (see `checkEventData`).
 *
 * Objects stay open unless the contract closes them: a consumer accepts the fields that a newer
 * publisher adds.
 *
 * @throws when the type is not `noun.verb` in lower case, or the version is not a positive integer.
 */
export function defineEvent<const Type extends string, Data extends TSchema>(
  definition: Omit<EventDefinition<Type, Data>, 'dataSchema'>,
): EventDefinition<Type, Data> {
  const { type, version } = definition;
  invariant(TYPE_PATTERN.test(type), `event type "${type}" is not of the form "order.completed"`);
  invariant(Number.isInteger(version) && version > 0, `version of ${type} is not a positive integer`);
  return Object.freeze({ ...definition, dataSchema: dataSchemaUri(type, version) });
}
