import { Type } from '@sinclair/typebox';
import type { CloudEvent } from './cloudEvent.js';
import { schemaValidator } from './schemaValidator.js';

const text = Type.String({ minLength: 1 });

/** What every event has around its data. */
export const EventEnvelope = Type.Object({
  specversion: Type.Literal('1.0'),
  id: text,
  source: text,
  type: text,
  subject: text,
  time: Type.String({ format: 'date-time' }),
  datacontenttype: Type.Literal('application/json'),
  dataschema: text,
  data: Type.Unknown(),
  aggregatetype: text,
  aggregateversion: Type.Integer({ minimum: 1 }),
  correlationid: Type.Optional(text),
  causationid: Type.Optional(text),
  traceparent: Type.Optional(text),
});

const validate = schemaValidator(EventEnvelope);

/** The envelope that a message holds, or what is wrong with it, one line each. `data` is not looked at. */
export function checkEnvelope(
  value: unknown,
): { readonly event: CloudEvent } | { readonly faults: readonly string[] } {
  const faults = validate(value);
  return faults.length === 0 ? { event: value as CloudEvent } : { faults };
}
