import { EventEnvelope } from '../event/checkEnvelope.js';
import type { EventDefinition } from '../event/defineEvent.js';
import { messageName, reference, type Json } from './names.js';

/** The message of one type and version of event. */
export function messageOf(definition: EventDefinition, summary: string): Json {
  const { type, version, aggregateType } = definition;
  return {
    name: type,
    title: version === 1 ? type : `${type}, version ${version}`,
    summary,
    contentType: 'application/cloudevents+json',
    payload: reference('components', 'schemas', messageName(definition)),
    bindings: {
      kafka: {
        key: { type: 'string', description: `Id of the ${aggregateType}; the event's \`subject\`.` },
        bindingVersion: '0.5.0',
      },
    },
  };
}

/** The whole event: the envelope with this event's data in it. */
export function schemaOf({ type, aggregateType, dataSchema, data }: EventDefinition): Json {
  return {
    allOf: [
      reference('components', 'schemas', 'envelope'),
      {
        type: 'object',
        properties: {
          type: { const: type },
          aggregatetype: { const: aggregateType },
          dataschema: { const: dataSchema },
          data: plain(data),
        },
      },
    ],
  };
}

/** The attributes that every event has. */
export function envelopeSchema(): Json {
  return plain(EventEnvelope);
}

/** A TypeBox schema as the JSON it stands for, without its symbols. */
function plain(schema: object): Json {
  return JSON.parse(JSON.stringify(schema)) as Json;
}
