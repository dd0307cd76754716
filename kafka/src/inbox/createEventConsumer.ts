import { settleAll, type Log } from '@foyer/platform';
import type { Pool } from 'pg';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { BusBatch, BusMessage, Consumer, EventBus } from '../bus/eventBus.js';
import type { Outbox } from '../outbox/createOutbox.js';
import { applyEvent, type StoreTransaction } from './applyEvent.js';
import { createLimit } from './createLimit.js';
import type { EventHandler } from './defineHandler.js';
import { groupHandlers } from './groupHandlers.js';
import { isHandled } from './isHandled.js';
import { judgeMessage, type Judgement } from './judgeMessage.js';
import { knownEvents } from './knownEvents.js';
import { parkEvent, type EventToPark } from './parkEvent.js';
import {
  leavePartitions,
  markSuspect,
  noteReader,
  takePartition,
  type GroupPartition,
  type LeftBehind,
} from './partitionReader.js';
import { DEATHS_OF_POISON, DEFAULT_RETRY_POLICY, retryDelay, type RetryPolicy } from './retryPolicy.js';
import { soloGate } from './soloGate.js';

export interface EventConsumerOptions<Client> {
  /** The consumer group; by custom the subgraph's name. */
  readonly group: string;
  readonly bus: EventBus;
  /** Connections to the subgraph's database. */
  readonly pool: Pool;
  readonly transaction: StoreTransaction<Client>;
  /** Where dead letters are written. */
  readonly outbox: Outbox;
  readonly handlers: readonly EventHandler<Client>[];
  readonly log: Log;
  readonly retryPolicy?: RetryPolicy;
  /** How many events, each of another aggregate, may be handled at once. Default 4. */
  readonly concurrency?: number;
  /** Called when an event was parked that is to be tried after so many milliseconds. */
  readonly onParked?: (delay: number) => void;
  /** Called with each event that has been handled, delivered for the first time or again. */
  readonly onHandled?: (event: CloudEvent) => void;
}

type Wanted = Exclude<Judgement, { readonly kind: 'skip' }> & { readonly message: BusMessage };

/**
 * Handles the events of a group's topics. Events of one aggregate are handled in order, those of others beside
 * it. An event that fails is parked, and with it what follows of its aggregate; see `retryParked`. When not even
 * parking is possible, the batch comes again.
 *
 * @throws when two handlers of one event have the same name.
 */
export function createEventConsumer<Client>(options: EventConsumerOptions<Client>): Consumer {
  const { group, bus, pool, transaction, outbox, handlers, log, onParked, onHandled } = options;
  const { retryPolicy = DEFAULT_RETRY_POLICY, concurrency = 4 } = options;
  const handlersOf = groupHandlers(handlers);
  const known = knownEvents(handlers);
  const limit = createLimit(concurrency);
  /** By partition, the offset after the last batch that this process has handled. */
  const expected = new Map<string, number>();

  async function onBatch({ topic, partition, messages }: BusBatch): Promise<void> {
    const place = { group, topic, partition };
    const key = `${topic}/${partition}`;
    const isNext = expected.get(key) === messages[0]?.offset;
    const wanted = messages.flatMap((message): Wanted[] => {
      const judgement = judgeMessage(message, known);
      return judgement.kind === 'skip' ? [] : [{ ...judgement, message }];
    });
    expected.delete(key);
    if (wanted.length > 0) {
      const leftBehind = isNext ? null : await takePartition(pool, place);
      if (leftBehind === null) await handleAll(place, wanted);
      else await handleSuspects(place, wanted, leftBehind);
    }
    if (isNext || wanted.length > 0) expected.set(key, (messages.at(-1)?.offset ?? 0) + 1);
  }

  async function handleAll(place: GroupPartition, wanted: readonly Wanted[]): Promise<void> {
    // All of it, also when one rejects: the batch comes again, and nothing of it may be in hand then.
    await settleAll(
      [...byKey(wanted)].map((chain) =>
        limit(async () => {
          for (const one of chain) await soloGate.beside(() => handleOne(place, one));
        }),
      ),
    );
  }

  /**
   * A process ended with these in hand, or some of them: each is handled alone, so that the next end tells
   * whether it was it.
   */
  async function handleSuspects(
    place: GroupPartition,
    wanted: readonly Wanted[],
    { suspectOffset, deaths: deathsBefore }: LeftBehind,
  ): Promise<void> {
    for (const suspect of wanted) {
      const { offset } = suspect.message;
      const deaths = offset === suspectOffset ? deathsBefore + 1 : 0;
      await soloGate.alone(async () => {
        if (deaths >= DEATHS_OF_POISON && !(await isHandled(pool, suspect.event, handlersOf))) {
          const reason = `poison: ${deaths} processes in a row ended while they handled it alone`;
          await park(place, suspect, { state: 'DEAD', reason, attempts: deaths, delay: 0 });
          return;
        }
        await markSuspect(pool, place, offset, deaths);
        await handleOne(place, suspect);
      });
    }
    await noteReader(pool, place);
  }

  async function handleOne(place: GroupPartition, one: Wanted): Promise<void> {
    if (one.kind === 'refuse') {
      await park(place, one, { state: 'DEAD', reason: one.reason, attempts: 0, delay: 0 });
      return;
    }
    const { event } = one;
    try {
      const outcome = await applyEvent(event, handlersOf.get(event.dataschema) ?? [], group, transaction);
      if (outcome === 'handled') onHandled?.(event);
      if (outcome === 'behind')
        await park(place, one, { state: 'WAITING', reason: null, attempts: 0, delay: 0 });
    } catch (error) {
      log.warn({ err: error, event: event.id, type: event.type }, 'an event was not handled; it is parked');
      const delay = retryDelay(retryPolicy, 1);
      const state = delay === null ? 'DEAD' : 'WAITING';
      await park(place, one, { state, reason: String(error), attempts: 1, delay: delay ?? 0 });
    }
  }

  async function park(
    place: GroupPartition,
    { message, event }: Wanted,
    how: Omit<EventToPark, 'message' | 'event'>,
  ): Promise<void> {
    await parkEvent(pool, outbox, place, { message, event, ...how });
    if (how.state === 'DEAD')
      log.error({ event: event.id, type: event.type, reason: how.reason }, 'an event is dead');
    else onParked?.(how.delay);
  }

  const topics = [...new Set(handlers.map(({ definition }) => definition.topic))];
  const consumer = bus.consume({ group, topics, events: [...known.values()].flat(), onBatch });
  return {
    start: () => consumer.start(),
    async stop() {
      await consumer.stop();
      await leavePartitions(pool, group).catch((error: unknown) => {
        log.warn({ err: error }, 'the partitions could not be left cleanly');
      });
    },
  };
}

/** Messages by key, each list in the order of the partition. */
function byKey(wanted: readonly Wanted[]): Iterable<readonly Wanted[]> {
  const chains = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const chain = chains.get(one.message.key) ?? [];
    chain.push(one);
    chains.set(one.message.key, chain);
  }
  return chains.values();
}
