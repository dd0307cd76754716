import type { EventDefinition } from '../event/defineEvent.js';
import { topicOwner, topics } from '../event/topics.js';
import { channelOf } from './channel.js';
import { envelopeSchema, messageOf, schemaOf } from './message.js';
import { messageName, reference, type Json } from './names.js';

/** A process that reads events. */
export interface EventReader {
  /** A subgraph's name, or `gateway`. */
  readonly name: string;
  /** The consumer group; null for one that reads along without a group. */
  readonly group: string | null;
  readonly events: readonly EventDefinition[];
}

/** What the document is made from. */
export interface AsyncApiOptions {
  readonly definitions: readonly EventDefinition[];
  readonly readers: readonly EventReader[];
  /** What an event tells, in a sentence. */
  readonly summaryOf: (definition: EventDefinition) => string;
}

/**
 * The AsyncAPI 3.0 document of the system: a channel per topic, a message per type and version of event, and for every
 * process what it sends and receives. The same contracts give the same document, to the byte.
 *
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApiDocument({ definitions, readers, summaryOf }: AsyncApiOptions): Json {
  const used = topics.filter((topic) => definitions.some((each) => each.topic === topic));
  const ofTopic = (topic: string, of = definitions) => of.filter((each) => each.topic === topic);
  const sends = used.map((topic) => {
    const name = topicOwner(topic) ?? 'nobody';
    return [`${name}.send.${topic}`, operation('send', topic, ofTopic(topic), name, null)] as const;
  });
  const receives = readers.flatMap(({ name, group, events }) =>
    used
      .filter((topic) => ofTopic(topic, events).length > 0)
      .map(
        (topic) =>
          [
            `${name}.receive.${topic}`,
            operation('receive', topic, ofTopic(topic, events), name, group),
          ] as const,
      ),
  );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Foyer: events between subgraphs',
      version: '1.0.0',
      description:
        'Generated from the contracts in kafka/src/contracts by `npm run events:asyncapi`; docs/events.md explains them. ' +
        'Every message is a CloudEvent 1.0 in structured JSON mode; its key is the id of the aggregate it is about.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(used.map((topic) => [topic, channelOf(topic, ofTopic(topic))])),
    operations: Object.fromEntries([...sends, ...receives]),
    components: {
      messages: Object.fromEntries(
        definitions.map((each) => [messageName(each), messageOf(each, summaryOf(each))]),
      ),
      schemas: {
        envelope: envelopeSchema(),
        ...Object.fromEntries(definitions.map((each) => [messageName(each), schemaOf(each)])),
      },
    },
  };
}

function operation(
  action: 'send' | 'receive',
  topic: string,
  events: readonly EventDefinition[],
  process: string,
  group: string | null,
): Json {
  return {
    action,
    channel: reference('channels', topic),
    tags: [{ name: process }],
    messages: [...events]
      .sort((a, b) => (messageName(a) < messageName(b) ? -1 : 1))
      .map((each) => reference('channels', topic, 'messages', messageName(each))),
    ...(group === null
      ? {}
      : { bindings: { kafka: { groupId: { type: 'string', enum: [group] }, bindingVersion: '0.5.0' } } }),
  };
}
