import { invariant, type Log } from '@foyer/platform';
import type { Batch, Consumer as KafkaConsumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Topic } from '../../event/topics.js';
import type { ConsumeOptions, Consumer } from '../eventBus.js';
import { createGroupMember, type KafkaPartition } from './createGroupMember.js';
import { createOffsetCommits } from './createOffsetCommits.js';
import type { KafkaSettings } from './kafkaSettings.js';
import { topicName } from './prepareTopics.js';
import { toBusMessage } from './toBusMessage.js';

export interface KafkaConsumerOptions extends ConsumeOptions {
  readonly settings: KafkaSettings;
  readonly log: Log;
}

/** A partition that this member has. */
interface Owned extends KafkaPartition {
  /** Fetched and not yet handled. */
  readonly waiting: KafkaMessage[];
  /** Whether its first fetch was dropped because it seemed to be stale. */
  doubted: boolean;
  /** What is to be fetched next; null before the first fetch. */
  next: number | null;
  /** Whether nothing more of it is fetched. */
  paused: boolean;
  /** Batches in a row that were not handled. */
  failures: number;
  /** Not to be handled before this instant of the process's clock. */
  restsUntil: number;
}

/** With so many messages waiting a partition is not fetched from, until no more than those are left. */
const MOST_WAITING = 1000;
const FEW_WAITING = 500;
/** Before what can't be taken now is fetched again. */
const REFETCH_PAUSE = 50;
const FIRST_REST = 100;
const LONGEST_REST = 5000;
/** How often the group hears of a member that is waiting for its last batches before it joins again. */
const HEARTBEAT_INTERVAL = 1000;

/**
 * A member of a consumer group. What kafkajs fetches waits in a queue per partition, so that heartbeats, and the
 * fetching of others, wait for no batch; a queue that is full pauses its partition.
 */
export function createKafkaConsumer(options: KafkaConsumerOptions): Consumer {
  const { settings, group, topics, onBatch, maxBatch = 100, maxPartitions = 8 } = options;
  const log = options.log.child({ group });
  const byName = new Map<string, Topic>(topics.map((topic) => [topicName(settings, topic), topic]));
  const owned = new Map<string, Owned>();
  const inHand = new Map<string, Promise<void>>();
  /** How far this process has handled partitions, also those that are another member's by now. */
  const handled = new Map<string, number>();
  const commits = createOffsetCommits(log);
  let consumer: KafkaConsumer | null = null;
  let heartbeat: () => Promise<void> = () => Promise.resolve();
  /** Nothing new is begun: it is about to stop, or to join again. */
  let closing = true;
  let started = false;

  function onJoined(joined: KafkaConsumer, partitions: readonly KafkaPartition[]): void {
    const resumed = [...owned.values()].filter(({ paused }) => paused);
    if (consumer === joined && resumed.length > 0) setPaused(resumed, false);
    consumer = joined;
    commits.begin(joined);
    owned.clear();
    for (const { topic, partition } of partitions) {
      owned.set(keyOf({ topic, partition }), {
        ...{ topic, partition, waiting: [], next: null, doubted: false },
        ...{ paused: false, failures: 0, restsUntil: 0 },
      });
    }
    closing = !started;
  }

  function onLeft(): void {
    closing = true;
    consumer = null;
    commits.begin(null);
  }

  async function onFetched({ batch, heartbeat: beat, resolveOffset }: EachBatchPayload): Promise<void> {
    heartbeat = beat;
    const place = owned.get(keyOf(batch));
    if (place === undefined || closing || isStale(place, batch)) {
      await delay(REFETCH_PAUSE);
      return;
    }
    const { next } = place;
    const fresh = batch.messages.filter(({ offset }) => next === null || Number(offset) >= next);
    const first = Number(fresh[0]?.offset ?? next);
    if (next !== null && first > next) {
      log.error({ ...placeOf(place), lost: first - next }, 'events were trimmed before they were read');
    }
    place.waiting.push(...fresh);
    place.next = Number(batch.lastOffset()) + 1;
    resolveOffset(batch.lastOffset());
    if (place.waiting.length >= MOST_WAITING) setPaused([place], true);
    begin();
  }

  /**
   * Whether it was asked for before this member joined anew, and comes only now: then it begins after what was
   * fetched and dropped at that moment. One that is so again begins where somebody else has got to, or trimmed.
   */
  function isStale(place: Owned, batch: Batch): boolean {
    if (place.next !== null || place.doubted) return false;
    const known = handled.get(keyOf(place));
    place.doubted = known !== undefined && Number(batch.firstOffset()) > known;
    return place.doubted;
  }

  /** Begins with partitions that have messages and nothing in hand. */
  function begin(): void {
    if (closing) return;
    for (const [key, place] of owned) {
      if (inHand.size >= maxPartitions) return;
      if (inHand.has(key) || place.waiting.length === 0 || place.restsUntil > Date.now()) continue;
      inHand.set(key, handle(key, place));
    }
  }

  async function handle(key: string, place: Owned): Promise<void> {
    const taken = place.waiting.slice(0, maxBatch);
    const position = Number(taken.at(-1)?.offset) + 1;
    try {
      await onBatch({ ...placeOf(place), messages: taken.map(toBusMessage) });
      place.waiting.splice(0, taken.length);
      place.failures = 0;
      handled.set(key, position);
      commits.commit(place, position);
    } catch (error) {
      log.error({ err: error, ...placeOf(place) }, 'a batch was not handled; it will be tried again');
      rest(place);
    }
    inHand.delete(key);
    if (owned.get(key) === place) {
      // To the end of the line, so that full partitions do not starve the others.
      owned.delete(key);
      owned.set(key, place);
      if (place.paused && place.waiting.length <= FEW_WAITING) setPaused([place], false);
    }
    begin();
  }

  function rest(place: Owned): void {
    const pause = Math.min(FIRST_REST * 2 ** place.failures, LONGEST_REST);
    place.failures += 1;
    place.restsUntil = Date.now() + pause;
    setTimeout(begin, pause + 1).unref();
  }

  function setPaused(places: readonly Owned[], paused: boolean): void {
    const partitions = places.map(({ topic, partition }) => ({ topic, partitions: [partition] }));
    for (const place of places) place.paused = paused;
    try {
      if (paused) consumer?.pause(partitions);
      else consumer?.resume(partitions);
    } catch {
      // It is ending: whoever comes after it begins with nothing paused.
    }
  }

  function placeOf({ topic, partition }: KafkaPartition): {
    readonly topic: Topic;
    readonly partition: number;
  } {
    const name = byName.get(topic);
    invariant(name, `${topic} was not asked for`);
    return { topic: name, partition };
  }

  /** Waits for what is in hand, with heartbeats, so that the group goes on waiting for us; and commits it. */
  async function finish(): Promise<void> {
    closing = true;
    while (inHand.size > 0) {
      await Promise.race([
        Promise.all(inHand.values()),
        delay(HEARTBEAT_INTERVAL, undefined, { ref: false }),
      ]);
      if (inHand.size > 0) await heartbeat().catch(() => undefined);
    }
    await commits.flush();
  }

  const member = createGroupMember({
    ...{ settings, onJoined, onLeft, onFetched, log },
    group: `${settings.prefix}${group}`,
    topics: [...byName.keys()],
    beforeJoin: finish,
  });

  return {
    async start() {
      invariant(!started, `the consumer of ${group} was started twice`);
      started = true;
      await member.start();
    },
    async stop() {
      started = false;
      await finish();
      await member.stop();
      await commits.stop();
      owned.clear();
    },
  };
}

function keyOf({ topic, partition }: KafkaPartition): string {
  return `${topic}/${partition}`;
}
