import type { Log } from '@foyer/platform';
import type { Consumer as KafkaConsumer, EachBatchPayload } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { createKafkaClient } from './createKafkaClient.js';
import { describeKafkaError, isPassing } from './describeKafkaError.js';
import { gateJoin } from './gateJoin.js';
import type { KafkaSettings } from './kafkaSettings.js';

/** A partition, by Kafka's name of its topic. */
export interface KafkaPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface GroupMemberOptions {
  readonly settings: KafkaSettings;
  /** As Kafka calls it. */
  readonly group: string;
  /** As Kafka calls them. */
  readonly topics: readonly string[];
  /** Resolves when nothing is in hand: awaited before every joining of the group. */
  readonly beforeJoin: () => Promise<void>;
  /** It has joined, and these are its partitions; of others nothing comes any more. */
  readonly onJoined: (consumer: KafkaConsumer, partitions: readonly KafkaPartition[]) => void;
  /** It is in the group no more, or not yet again. */
  readonly onLeft: () => void;
  /**
   * Takes what was fetched: what it does not resolve is fetched again. No further fetch begins before it resolves.
   */
  readonly onFetched: (payload: EachBatchPayload) => Promise<void>;
  readonly log: Log;
}

/** A process's part in a consumer group, which comes back after every outage. */
export interface GroupMember {
  /** Whether it is in its group: what is published reaches it. */
  readonly joined: boolean;
  /**
   * Begins to join. Resolves when it has joined, or has not within a second: it goes on trying, and whoever waits
   * for it may have more to do than handle events.
   */
  start(): Promise<void>;
  /** Fetches nothing more and leaves the group. */
  stop(): Promise<void>;
}

/** A member that says nothing for so long is dead to the group, in milliseconds. */
const SESSION_TIMEOUT = 6000;
const HEARTBEAT_INTERVAL = 1000;
/** How long the group waits for a member that has a batch in hand. */
const REBALANCE_TIMEOUT = 60_000;
/** How long a broker may wait for news before it says that there are none: also how soon a resumed partition is read. */
const FETCH_WAIT = 250;
const PARTITION_BYTES = 512 * 1024;
/**
 * How often kafkajs tries again by itself, once a second: after an outage of less it comes back as the member that it
 * was, while the group would wait for the end of a forsaken one's session.
 */
const RETRIES = 30;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 1000;
/** While it is not in its group, it is said this often. */
const SAY_INTERVAL = 10_000;
/** How long a start waits for others that have batches in hand, or for the end of a dead member's session. */
const JOIN_PATIENCE = 1000;
/** How long leaving the group may take. */
const LEAVE_TIMEOUT = 10_000;

/** Makes a member, not yet started. */
export function createGroupMember(options: GroupMemberOptions): GroupMember {
  const { settings, group, topics, beforeJoin, onJoined, onLeft, onFetched, log } = options;
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  let announceFirstJoin: () => void = () => undefined;
  let failures = 0;
  let joined = false;
  let saidAt = -Infinity;
  let living: Promise<void> = Promise.resolve();

  /** From connecting until kafkajs gives up; rejects with why it did. */
  async function live(current: KafkaConsumer): Promise<void> {
    const { GROUP_JOIN, REBALANCING, CRASH } = current.events;
    const crashed = new Promise<never>((_, reject) => {
      current.on(CRASH, ({ payload }) => reject(payload.error));
    });
    crashed.catch(() => undefined);
    current.on(GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      failures = 0;
      joined = true;
      onJoined(
        current,
        Object.entries(memberAssignment).flatMap(([topic, partitions]) =>
          partitions.map((partition) => ({ topic, partition })),
        ),
      );
      announceFirstJoin();
    });
    current.on(REBALANCING, () => {
      joined = false;
    });
    await current.connect();
    await current.subscribe({ topics: [...topics], fromBeginning: true });
    await current.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: onFetched });
    await crashed;
  }

  async function liveAgainAndAgain(): Promise<void> {
    while (!stopping.signal.aborted) {
      const consumer = createKafkaClient(settings, log, RETRIES).consumer({
        groupId: group,
        partitionAssigners: [gateJoin(beforeJoin)],
        sessionTimeout: SESSION_TIMEOUT,
        heartbeatInterval: HEARTBEAT_INTERVAL,
        rebalanceTimeout: REBALANCE_TIMEOUT,
        maxWaitTimeInMs: FETCH_WAIT,
        maxBytesPerPartition: PARTITION_BYTES,
        allowAutoTopicCreation: false,
        // Begun anew here, with nothing left of before.
        retry: { retries: RETRIES, maxRetryTime: 1000, restartOnFailure: () => Promise.resolve(false) },
      });
      try {
        await Promise.race([live(consumer), stopped]);
      } catch (error) {
        const due = performance.now() - saidAt > SAY_INTERVAL;
        if (due) saidAt = performance.now();
        const level = !due ? 'debug' : isPassing(error) ? 'info' : 'warn';
        log[level]({ reason: describeKafkaError(error) }, 'not in the consumer group; joining again');
      }
      joined = false;
      onLeft();
      await leave(consumer);
      const pause = Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE);
      failures += 1;
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    announceFirstJoin();
  }

  async function leave(left: KafkaConsumer): Promise<void> {
    const disconnected = left.disconnect().catch((error: unknown) => {
      log.debug({ reason: describeKafkaError(error) }, 'the consumer group was not left cleanly');
    });
    await Promise.race([disconnected, delay(LEAVE_TIMEOUT, undefined, { ref: false })]);
  }

  return {
    get joined() {
      return joined;
    },
    async start() {
      const firstJoin = new Promise<void>((resolve) => {
        announceFirstJoin = resolve;
      });
      living = liveAgainAndAgain();
      await Promise.race([firstJoin, delay(JOIN_PATIENCE, undefined, { ref: false })]);
    },
    async stop() {
      stopping.abort();
      await living;
    },
  };
}
