import type { Log } from '@foyer/platform';
import { CompressionTypes, type Message, type Producer, type TopicMessages } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { EventsRefused } from '../eventsRefused.js';
import { createKafkaClient } from './createKafkaClient.js';
import { describeKafkaError, kafkaErrorType } from './describeKafkaError.js';
import type { KafkaSettings } from './kafkaSettings.js';
import { splitMessages, type OutgoingMessage } from './splitMessages.js';

/** Sends messages, one request at a time. */
export interface Publisher {
  /**
   * Resolves when all are on all brokers that must have them; rejects when some may not be: with `EventsRefused` when
   * Kafka will never take one of them.
   */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Sends what was asked for, then ends. */
  close(): Promise<void>;
}

interface Task {
  readonly messages: readonly OutgoingMessage[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How long a request that fails is repeated, in milliseconds, and how long it is waited in between. */
const GIVE_UP_AFTER = 10_000;
const PAUSE = 200;
/** What Kafka says to messages that it will never take. */
const REFUSALS: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
]);

/**
 * A producer that is idempotent by Kafka's sequence numbers and acknowledged by all replicas. What comes while a
 * request is under way goes together in the next.
 *
 * kafkajs takes the numbers of a failed request back, to give them to the next one: were that another, the broker
 * would take it for the first, drop it, and say that all is well. So nothing is sent beside a request or after a
 * failed one: it is repeated as it was, and when it has been given up, a new producer with numbers of its own goes
 * on. What is then sent again is seen twice, and recognised by consumers.
 */
export function createPublisher(settings: KafkaSettings, log: Log): Publisher {
  const compression = settings.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None;
  let waiting: Task[] = [];
  let working: Promise<void> | null = null;
  let producer: Promise<Producer> | null = null;
  let closed = false;

  async function connect(): Promise<Producer> {
    const connecting = createKafkaClient(settings, log, 1).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    });
    await connecting.connect();
    return connecting;
  }

  function dropProducer(): void {
    producer?.then((dropped) => dropped.disconnect()).catch(() => undefined);
    producer = null;
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const tasks = waiting;
      waiting = [];
      await handle(tasks);
    }
  }

  async function handle(tasks: readonly Task[]): Promise<void> {
    try {
      for (const piece of splitMessages(tasks.flatMap(({ messages }) => messages)))
        await sendRepeatedly(piece);
      for (const { resolve } of tasks) resolve();
    } catch (error) {
      dropProducer();
      // The others have nothing to do with it that one of them has a message that is never taken.
      if (error instanceof EventsRefused && tasks.length > 1) for (const task of tasks) await handle([task]);
      else for (const { reject } of tasks) reject(error);
    }
  }

  function wake(): void {
    // Forgotten from outside: work that ends at once has ended before it could be remembered, and would stay.
    working ??= work().finally(() => {
      working = null;
      if (waiting.length > 0) wake();
    });
  }

  async function sendRepeatedly(messages: readonly OutgoingMessage[]): Promise<void> {
    const deadline = performance.now() + GIVE_UP_AFTER;
    for (;;) {
      try {
        await send(messages);
        return;
      } catch (error) {
        if (REFUSALS.has(kafkaErrorType(error) ?? ''))
          throw new EventsRefused(`Kafka does not take it: ${describeKafkaError(error)}`, { cause: error });
        if (closed || performance.now() >= deadline)
          throw new Error(`not published: ${describeKafkaError(error)}`, { cause: error });
        log.debug({ reason: describeKafkaError(error) }, 'events could not be published; trying again');
        if (mustBeReplaced(error)) dropProducer();
        await delay(PAUSE);
      }
    }
  }

  async function send(messages: readonly OutgoingMessage[]): Promise<void> {
    producer ??= connect().catch((error: unknown) => {
      producer = null;
      throw error;
    });
    const connected = await producer;
    const taken = await connected.sendBatch({ acks: -1, compression, topicMessages: byTopic(messages) });
    // When a leader moves between two brokers of one request, kafkajs may leave a partition out, and say nothing.
    const places = new Set(taken.map(({ topicName, partition }) => `${topicName}/${partition}`));
    for (const { topic, partition } of messages) {
      if (!places.has(`${topic}/${partition}`))
        throw new Error(`partition ${partition} of ${topic} was left out`);
    }
  }

  return {
    publish: (messages) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error('the bus is closed'));
          return;
        }
        waiting.push({ messages, resolve, reject });
        wake();
      }),
    async close() {
      closed = true;
      while (working !== null) await working;
      await producer?.then((last) => last.disconnect()).catch(() => undefined);
      producer = null;
    },
  };
}

/** The broker does not know the producer's numbers any more: after a failure that was given up by somebody. */
function mustBeReplaced(error: unknown): boolean {
  return /SEQUENCE|PRODUCER/.test(kafkaErrorType(error) ?? '');
}

function byTopic(messages: readonly OutgoingMessage[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, partition, key, value } of messages) {
    const ofTopic = topics.get(topic) ?? [];
    ofTopic.push({ partition, key, value });
    topics.set(topic, ofTopic);
  }
  return [...topics].map(([topic, ofTopic]) => ({ topic, messages: ofTopic }));
}
