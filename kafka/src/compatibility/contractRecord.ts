import type { TSchema } from '@sinclair/typebox';
import { EventEnvelope } from '../event/checkEnvelope.js';
import type { EventDefinition } from '../event/defineEvent.js';
import { TOPIC_RETENTION } from '../event/topicRetention.js';

/** A JSON Schema, as far as it is compared. */
export type Schema = Readonly<Record<string, unknown>>;

/** The contract of one version of one type of event. */
export interface EventRecord {
  readonly type: string;
  readonly version: number;
  readonly topic: string;
  /** What the event is about; the key of its messages is this thing's id. */
  readonly aggregateType: string;
  readonly data: Schema;
}

/** All that publishers and readers have agreed on, as it is written to `kafka/contracts.json`. */
export interface ContractRecord {
  /** What the check would report but somebody has answered for, in the words of the report. */
  readonly accepted: readonly { readonly change: string; readonly reason: string }[];
  readonly envelope: Schema;
  readonly topics: Readonly<Record<string, { readonly retentionMs: number }>>;
  /** By `type.vN`. */
  readonly events: Readonly<Record<string, EventRecord>>;
}

/** Contracts as they stand in the code. */
export function recordContracts(
  definitions: readonly EventDefinition[],
  accepted: ContractRecord['accepted'] = [],
): ContractRecord {
  return {
    accepted,
    envelope: plain(EventEnvelope),
    topics: Object.fromEntries(
      Object.entries(TOPIC_RETENTION).map(([topic, retentionMs]) => [topic, { retentionMs }]),
    ),
    events: Object.fromEntries(
      definitions.map(({ type, version, topic, aggregateType, data }) => [
        `${type}.v${version}`,
        { type, version, topic, aggregateType, data: plain(data) },
      ]),
    ),
  };
}

/** A TypeBox schema without its symbols. */
function plain(schema: TSchema): Schema {
  return JSON.parse(JSON.stringify(schema)) as Schema;
}
