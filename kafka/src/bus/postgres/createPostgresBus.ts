import { ConfigurationError, createJob, invariant, type Log } from '@foyer/platform';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Topic } from '../../event/topics.js';
import { createRunning } from '../createRunning.js';
import type { EventBus } from '../eventBus.js';
import { EventsRefused } from '../eventsRefused.js';
import { appendToLog, type LogEntry } from './appendToLog.js';
import { createPostgresConsumer } from './createPostgresConsumer.js';
import { createPostgresFollower } from './createPostgresFollower.js';
import { createLogEnds } from './logEnds.js';
import { createLogSession } from './logSession.js';
import { createLogTail } from './logTail.js';
import { partitionOf } from './partitionOf.js';
import { preparePartitions, type Partition } from './preparePartitions.js';
import { readLag } from './readLag.js';
import { trimLog } from './trimLog.js';

export interface PostgresBusOptions {
  /**
   * Connections to the bus's database, already migrated; four serve a whole system in one process. The bus
   * takes one more of its own. The pool stays the caller's, who ends it after `close`.
   */
  readonly pool: Pool;
  readonly log: Log;
  /** Partitions of each topic. Chosen once, when the log is created. Default 8. */
  readonly partitions?: number;
}

export const DEFAULT_PARTITIONS = 8;
const TRIM_INTERVAL = 10 * 60 * 1000;
const CONNECT_INTERVAL = 1000;

/**
 * The bus on a log in Postgres (see `prisma/bus`). A database that does not answer yet is waited for.
 *
 * @throws ConfigurationError when the log was created with another number of partitions.
 */
export async function createPostgresBus(options: PostgresBusOptions): Promise<EventBus> {
  const { pool, partitions: count = DEFAULT_PARTITIONS } = options;
  const log = options.log.child({ part: 'bus' });
  const partitions = await waitForPartitions(pool, count, log);
  const ends = createLogEnds();
  const tail = createLogTail();
  const session = createLogSession(pool, ends, log);
  const trimming = createJob({ name: 'trim-log', everyMs: TRIM_INTERVAL, run: () => trimLog(pool), log });
  const running = createRunning();
  const groups = new Set<string>();

  const partitionsOf = (topics: readonly Topic[]): readonly Partition[] =>
    partitions.filter(({ topic }) => topics.includes(topic));

  await session.start();
  await session.refreshed();
  await trimming.start();

  return {
    async publish(topic, events) {
      if (events.length === 0) return;
      const ofTopic = partitionsOf([topic]);
      const entries = events.map((event): LogEntry => {
        const partition = ofTopic[partitionOf(event.subject, count)];
        invariant(partition, `topic ${topic} has no partition for ${event.subject}`);
        return {
          partitionId: partition.id,
          eventId: event.id,
          key: event.subject,
          text: JSON.stringify(event),
        };
      });
      const appended = await appendToLog(pool, entries).catch(refusal);
      tail.add(entries, appended);
      ends.advance(appended);
      if (appended.length > 0) session.wakeOthers();
    },
    consume(consumeOptions) {
      const { group, topics } = consumeOptions;
      invariant(!groups.has(group), `group ${group} already has a consumer on this bus`);
      groups.add(group);
      const consumer = createPostgresConsumer({
        ...consumeOptions,
        pool,
        session,
        ends,
        tail,
        partitions: partitionsOf(topics),
        log,
      });
      return running.track({
        start: () => consumer.start(),
        async stop() {
          await consumer.stop();
          groups.delete(group);
        },
      });
    },
    follow(followOptions) {
      const ofTopics = partitionsOf(followOptions.topics);
      return running.track(
        createPostgresFollower({ ...followOptions, pool, ends, partitions: ofTopics, log }),
      );
    },
    lag: (group, topics) => readLag(pool, group, topics),
    async health() {
      await pool.query('select 1');
      if (session.connection === null) throw new Error('the listening connection to the bus is down');
      running.check();
    },
    async close() {
      await running.stop();
      await trimming.stop();
      await session.stop();
    },
  };
}

async function waitForPartitions(pool: Pool, count: number, log: Log): Promise<readonly Partition[]> {
  for (;;) {
    try {
      return await preparePartitions(pool, count);
    } catch (error) {
      if (error instanceof ConfigurationError || !isUnreachable(error)) throw error;
      log.warn({ err: error }, 'the database of the event bus does not answer; waiting for it');
      await delay(CONNECT_INTERVAL);
    }
  }
}

/** Throws what kept events out of the log; in words of the port when it is the events (SQLSTATE classes 22 and 54). */
function refusal(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^(22|54)/.test(code)) throw error;
  throw new EventsRefused(`the log does not take it: ${(error as Error).message}`, { cause: error });
}

/** Whether the server could not be asked, as opposed to having refused. */
function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' || code.startsWith('E') || code.startsWith('08') || code.startsWith('57P');
}
