import type { Log } from '@foyer/platform';
import type { Pool } from 'pg';
import type { BusBatch, BusMessage, Consumer, EventBus } from '../bus/eventBus.js';
import type { EventDefinition } from '../event/defineEvent.js';
import type { Topic } from '../event/topics.js';
import { applyEvent, type StoreTransaction } from './applyEvent.js';
import { aggregateKey, beginBatch, clearMarks, markInHand, type BatchMark, type GroupPartition } from './batchMark.js';
import { createLimit } from './createLimit.js';
import type { EventHandler } from './defineHandler.js';
import { groupHandlers } from './groupHandlers.js';
import { isHandled } from './isHandled.js';
import { judgeMessage, type Judgement } from './judgeMessage.js';
import { parkEvent } from './parkEvent.js';
import { DEATHS_OF_POISON, DEFAULT_RETRY_POLICY, retryDelay, type RetryPolicy } from './retryPolicy.js';
import { soloGate } from './soloGate.js';

export interface EventConsumerOptions<Client> {
  /** The consumer group; by custom the subgraph's name. */
  readonly group: string;
  readonly bus: EventBus;
  /** Connections to the subgraph's database. */
  readonly pool: Pool;
  readonly transaction: StoreTransaction<Client>;
  readonly handlers: readonly EventHandler<Client>[];
  readonly log: Log;
  readonly retryPolicy?: RetryPolicy;
  /** How many events, each of another aggregate, may be handled at once. Default 4. */
  readonly concurrency?: number;
  /** Called when an event was parked that is to be tried after so many milliseconds. */
  readonly onParked?: (delay: number) => void;
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
  const { group, bus, pool, transaction, handlers, log, onParked } = options;
  const { retryPolicy = DEFAULT_RETRY_POLICY, concurrency = 4 } = options;
  const handlersOf = groupHandlers(handlers);
  const definitions = new Map(handlers.map(({ definition }) => [definition.type, definition] as const));
  const limit = createLimit(concurrency);
  const topics = topicsOf(handlers.map(({ definition }) => definition));
  const consumer = bus.consume({ group, topics, onBatch });

  async function onBatch({ topic, partition, messages }: BusBatch): Promise<void> {
    const wanted = messages.flatMap((message): Wanted[] => {
      const judgement = judgeMessage(message, definitions);
      return judgement.kind === 'skip' ? [] : [{ ...judgement, message }];
    });
    const first = wanted[0]?.message.offset;
    const last = wanted.at(-1)?.message.offset;
    if (first === undefined || last === undefined) return;

    const place = { group, topic, partition };
    const aggregateIds = wanted.map(({ event, message }) => event.subject ?? message.key);
    const { unfinished, parked } = await beginBatch(pool, place, first, last, aggregateIds);
    const suspects = unfinished === null ? [] : wanted.filter(({ message }) => message.offset <= unfinished.last);
    for (const suspect of suspects) await handleSuspect(place, suspect, unfinished, parked);

    const others = wanted.slice(suspects.length);
    if (others.length === 0) return;
    if (suspects.length > 0) await markInHand(pool, place, { first, last, alone: false, deaths: 0 });
    await Promise.all(
      [...byAggregate(others)].map((chain) =>
        limit(async () => {
          for (const one of chain) await soloGate.beside(() => handleOne(place, one, parked));
        }),
      ),
    );
  }

  /** A process ended with this event in hand: it is handled alone, so that the next end tells whether it was it. */
  async function handleSuspect(
    place: GroupPartition,
    suspect: Wanted,
    unfinished: BatchMark | null,
    parked: Set<string>,
  ): Promise<void> {
    const { offset } = suspect.message;
    const wasIt = unfinished !== null && unfinished.alone && unfinished.first === offset;
    const deaths = wasIt ? unfinished.deaths + 1 : 0;
    await soloGate.alone(async () => {
      if (deaths >= DEATHS_OF_POISON && !(await isHandled(pool, suspect.event, handlersOf))) {
        await park(place, suspect, parked, {
          state: 'DEAD',
          reason: `poison: ${deaths} processes in a row ended while they handled it alone`,
          attempts: deaths,
          delay: 0,
        });
        return;
      }
      await markInHand(pool, place, { first: offset, last: offset, alone: true, deaths });
      await handleOne(place, suspect, parked);
    });
  }

  async function handleOne(place: GroupPartition, one: Wanted, parked: Set<string>): Promise<void> {
    const key = aggregateKey(one.event.aggregatetype ?? '', one.event.subject ?? one.message.key);
    if (parked.has(key)) {
      await park(place, one, parked, { state: 'WAITING', reason: null, attempts: 0, delay: 0 });
    } else if (one.kind === 'refuse') {
      await park(place, one, parked, { state: 'DEAD', reason: one.reason, attempts: 0, delay: 0 });
    } else {
      try {
        await applyEvent(one.event, handlersOf.get(one.event.type) ?? [], transaction);
      } catch (error) {
        log.warn({ err: error, event: one.event.id, type: one.event.type }, 'an event was not handled; parked');
        const delay = retryDelay(retryPolicy, 1);
        const state = delay === null ? 'DEAD' : 'WAITING';
        await park(place, one, parked, { state, reason: String(error), attempts: 1, delay: delay ?? 0 });
      }
    }
  }

  async function park(
    { topic, partition }: GroupPartition,
    { message, event }: Wanted,
    parked: Set<string>,
    how: {
      readonly state: 'WAITING' | 'DEAD';
      readonly reason: string | null;
      readonly attempts: number;
      readonly delay: number;
    },
  ): Promise<void> {
    parked.add(await parkEvent(pool, { group, topic, partition, message, event, ...how }));
    if (how.state === 'DEAD') {
      log.error({ event: event.id, type: event.type, reason: how.reason }, 'an event is dead');
    } else {
      onParked?.(how.delay);
    }
  }

  return {
    start: () => consumer.start(),
    async stop() {
      await consumer.stop();
      await clearMarks(pool, group).catch((error: unknown) => {
        log.warn({ err: error }, 'the marks of finished batches could not be removed');
      });
    },
  };
}

function topicsOf(definitions: readonly EventDefinition[]): readonly Topic[] {
  return [...new Set(definitions.map(({ topic }) => topic))];
}

/** Messages by key, each list in the order of the partition. */
function byAggregate(wanted: readonly Wanted[]): Iterable<readonly Wanted[]> {
  const chains = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const chain = chains.get(one.message.key) ?? [];
    chain.push(one);
    chains.set(one.message.key, chain);
  }
  return chains.values();
}
