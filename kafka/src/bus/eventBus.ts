import type { CloudEvent } from '../event/cloudEvent.js';
import type { EventDefinition } from '../event/defineEvent.js';
import type { Topic } from '../event/topics.js';

/** A message of the log, as its consumers see it. */
export interface BusMessage {
  /** Position in its partition; grows, may skip. */
  readonly offset: number;
  /** The id of the aggregate that the event is about. */
  readonly key: string;
  /** What was published: a CloudEvent, unless somebody else wrote to the topic. Text when it isn't JSON. */
  readonly value: unknown;
}

/** Messages of one partition, in its order. */
export interface BusBatch {
  readonly topic: Topic;
  readonly partition: number;
  /** At least one. */
  readonly messages: readonly BusMessage[];
}

export interface ConsumeOptions {
  /** Its members, in all processes, share the partitions; each group sees every event. */
  readonly group: string;
  readonly topics: readonly Topic[];
  /** What it reads of these topics, for who describes the flow of events: the bus delivers the others as well. */
  readonly events?: readonly EventDefinition[];
  /**
   * Handles a batch. Its offsets are committed only after this has resolved; when it rejects, the same
   * messages come again after a while. Batches of one partition never overlap, those of several may.
   */
  readonly onBatch: (batch: BusBatch) => Promise<void>;
  /** The most messages of a batch. Default 100. */
  readonly maxBatch?: number;
  /** How many partitions' batches may be in hand at once. Default 8. */
  readonly maxPartitions?: number;
}

/** A member of a consumer group. */
export interface Consumer {
  /**
   * Joins the group. Resolves when it has joined, or after a few seconds when other members' batches, or an outage,
   * keep it waiting; it goes on by itself. A group that is new reads from the oldest event kept.
   */
  start(): Promise<void>;
  /** Takes no further batch, waits for those in hand, commits, and leaves its partitions to the others. */
  stop(): Promise<void>;
}

export interface FollowOptions {
  readonly topics: readonly Topic[];
  /** What it reads of these topics, as in `ConsumeOptions`. */
  readonly events?: readonly EventDefinition[];
  /** Where to begin: with the first event appended at or after this instant, or with what comes next. */
  readonly since: Date | 'now';
  /** Called with each event, in order per partition. A failure is logged and passed over. */
  readonly onEvent: (message: BusMessage, topic: Topic) => void | Promise<void>;
}

/** Reads along with a topic without a group: every follower, in every process, sees every event. */
export interface Follower {
  /** Resolves when its place in the log is fixed: from then on nothing is missed. */
  start(): Promise<void>;
  /** Resolves when no call of `onEvent` is under way any more. */
  stop(): Promise<void>;
}

/** How far a group has read one partition. */
export interface PartitionLag {
  readonly topic: Topic;
  readonly partition: number;
  /** Events appended and not yet committed by the group. */
  readonly behind: number;
}

/**
 * The port: a log of events in partitions. Two adapters: a log in Postgres, and Apache Kafka.
 *
 * Delivery is at least once and in order per key; consumers recognise what they have seen by the event's id.
 * An outage of the engine is waited out by consumers and followers, and rejects `publish`.
 */
export interface EventBus {
  /**
   * Appends events, those of one aggregate in the given order, and resolves when they are durable.
   * Publishing an event again is allowed after any failure and is never seen as a second event by a consumer
   * with an inbox. A call that rejects may have appended all, some or none.
   * @throws EventsRefused when the engine will never take one of them. None of its aggregate that comes after it
   *   has been appended then.
   */
  publish(topic: Topic, events: readonly CloudEvent[]): Promise<void>;
  /**
   * Makes a member of a consumer group, not yet started. One per group and bus.
   * Every partition is handled by one member at a time; a dead member's partitions move within seconds. A member
   * whose connection breaks may still be handling its batch when the next one begins with it.
   */
  consume(options: ConsumeOptions): Consumer;
  /** Makes a follower, not yet started. */
  follow(options: FollowOptions): Follower;
  /** How far a group has read, for every partition of these topics. */
  lag(group: string, topics: readonly Topic[]): Promise<readonly PartitionLag[]>;
  /** Resolves when the engine answers and every started follower reads along, rejects with what is wrong. */
  health(): Promise<void>;
  /** Stops consumers and followers that still run, then lets go of the engine. */
  close(): Promise<void>;
}
