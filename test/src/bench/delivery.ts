import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMessaging,
  createPostgresBus,
  defineHandler,
  OrganizationCreated,
  outboxEvent,
  type Messaging,
  type NewEvent,
} from '@foyer/kafka';
import { waitUntil } from '@foyer/kafka/testing';
import {
  createLog,
  createPool,
  newId,
  pgTransaction,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  SUBGRAPH_NAMES,
  type SqlTransaction,
  type SubgraphName,
} from '@foyer/platform';
import { migrateDatabase } from '@foyer/prisma';
import type { Pool } from 'pg';
import type { BenchResult } from './benchResult.js';

/** How the benchmark of the way of events is run. */
export interface BenchDeliveryOptions {
  /** To a Postgres that makes commits durable, as an administrator. Default: an embedded one is started. */
  readonly adminUrl?: string;
  /** Events per second while latency is measured. Default 200. */
  readonly rate?: number;
  /** How long latency is measured, after a warm-up of three seconds. Default 10. */
  readonly seconds?: number;
  /** Events of the measurement of throughput. Default 5000. */
  readonly events?: number;
  /** Told what is being done. */
  readonly log?: (line: string) => void;
}

const WARM_UP_SECONDS = 3;
const APPEND_AT_ONCE = 50;

interface Part {
  readonly name: SubgraphName;
  readonly pool: Pool;
  readonly messaging: Messaging;
}

/** What the handlers have done: at which instant each application of an event was committed. */
interface Applications {
  count: number;
  readonly listeners: Set<(eventId: string) => void>;
}

/**
 * From the commit in one subgraph to the commit of what another does with the event: seven groups in one process on one
 * Postgres, each applying every event. The baseline of both figures is to run the same state change of all seven
 * directly, with no bus, inbox or outbox between.
 */
export async function benchDelivery(options: BenchDeliveryOptions = {}): Promise<BenchResult[]> {
  const { rate = 200, seconds = 10, events = 5000, log = () => undefined } = options;
  const folder = options.adminUrl === undefined ? await mkdtemp(join(tmpdir(), 'foyer-bench-')) : null;
  const server = folder === null ? null : await startEmbeddedPostgres({ dataDirectory: folder });
  const adminUrl = server?.adminUrl ?? options.adminUrl ?? '';
  const databaseUrl = async (name: SubgraphName | 'bus'): Promise<string> => {
    const { href } = Object.assign(new URL(adminUrl), { pathname: `/delivery_${name}_${process.pid}` });
    await migrateDatabase(href, name);
    return href;
  };

  const silent = createLog('bench', 'silent');
  const busPool = createPool(await databaseUrl('bus'), { max: 4, applicationName: 'bench' });
  const bus = await createPostgresBus({ pool: busPool, log: silent });
  const applications: Applications = { count: 0, listeners: new Set() };
  const parts: Part[] = [];
  try {
    for (const name of SUBGRAPH_NAMES) {
      const pool = createPool(await databaseUrl(name), { max: 6, applicationName: 'bench' });
      await pool.query('create table measured (nr bigserial primary key, event_id text not null)');
      const messaging = createMessaging<SqlTransaction>({
        subgraph: name,
        bus,
        database: { pool, transaction: (work) => pgTransaction(pool, (sql) => work(sql, sql)) },
        handlers: [
          defineHandler(OrganizationCreated, {
            handle: async ({ id }, { sql }) => {
              await apply(sql, id);
              sql.afterCommit(() => {
                applications.count += 1;
                for (const listener of applications.listeners) listener(id);
              });
            },
          }),
        ],
        log: silent,
      });
      parts.push({ name, pool, messaging });
      await messaging.start();
    }
    const direct = await measureLatency(rate, seconds, () => applyDirectly(parts));
    log(`directly: p50 ${format(direct, 0.5)}, p99 ${format(direct, 0.99)} ms`);
    const delivered = await measureLatency(rate, seconds, () => publishOne(parts, applications));
    log(`by events: p50 ${format(delivered, 0.5)}, p99 ${format(delivered, 0.99)} ms`);
    const throughput = await measureThroughput(parts, applications, events);
    const directThroughput = await measureDirectThroughput(parts, events);
    log(`${Math.round(throughput)} applications/s by events, ${Math.round(directThroughput)} directly`);
    const note = `${parts.length} groups in one process, all handling every event`;
    return [0.5, 0.99]
      .map((share): BenchResult => {
        const [value, baseline] = [quantile(delivered, share), quantile(direct, share)];
        const name = `commit to applied in all of them, p${share * 100}`;
        return {
          name,
          unit: 'ms',
          value,
          baseline,
          ratio: value / baseline,
          note: `${note}, at ${rate} events/s`,
        };
      })
      .concat({
        name: 'events applied, from a full outbox',
        unit: 'applications/s',
        value: throughput,
        baseline: directThroughput,
        ratio: throughput / directThroughput,
        note,
      });
  } finally {
    for (const { messaging, pool } of parts) {
      await messaging.stop();
      await pool.end();
    }
    await bus.close();
    await busPool.end();
    await server?.stop();
    if (folder !== null) await removeEmbeddedPostgres(folder);
  }
}

async function apply(sql: SqlTransaction, eventId: string): Promise<void> {
  await sql.query('insert into measured (event_id) values ($1)', [eventId]);
}

/** Resolves with milliseconds, when every subgraph has committed what it does. */
async function applyDirectly(parts: readonly Part[]): Promise<number> {
  const id = newId();
  const started = performance.now();
  await Promise.all(parts.map(({ pool }) => pgTransaction(pool, (sql) => apply(sql, id))));
  return performance.now() - started;
}

/** Resolves with milliseconds from the publisher's commit until every subgraph has committed what it does. */
async function publishOne(parts: readonly Part[], { listeners }: Applications): Promise<number> {
  const publisher = partOf(parts, 'users');
  let eventId = '';
  let left = parts.length;
  let committedAt = 0;
  const applied = new Promise<void>((resolve) => {
    const listener = (id: string): void => {
      if (id !== eventId) return;
      left -= 1;
      if (left > 0) return;
      listeners.delete(listener);
      resolve();
    };
    listeners.add(listener);
  });
  await pgTransaction(publisher.pool, async (sql) => {
    eventId = (await publisher.messaging.outbox.append(sql, OrganizationCreated, newOrganization())).id;
    sql.afterCommit(() => {
      committedAt = performance.now();
    });
  });
  await applied;
  return performance.now() - committedAt;
}

/** Begins one piece of work so many times a second, whether or not earlier ones have ended. */
async function measureLatency(
  rate: number,
  seconds: number,
  once: () => Promise<number>,
): Promise<readonly number[]> {
  await atRate(rate, WARM_UP_SECONDS, once);
  const latencies = await atRate(rate, seconds, once);
  return [...latencies].sort((a, b) => a - b);
}

async function atRate(
  rate: number,
  seconds: number,
  once: () => Promise<number>,
): Promise<readonly number[]> {
  const started = performance.now();
  const running: Promise<number>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = (performance.now() - started) / 1000;
      while (running.length < Math.min(elapsed, seconds) * rate) running.push(once());
      if (elapsed < seconds) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  return await Promise.all(running);
}

/** Applications per second, from the first append until the last of them. */
async function measureThroughput(
  parts: readonly Part[],
  applications: Applications,
  events: number,
): Promise<number> {
  const publisher = partOf(parts, 'users');
  const before = applications.count;
  const started = performance.now();
  for (let appended = 0; appended < events; appended += APPEND_AT_ONCE) {
    await pgTransaction(publisher.pool, (sql) =>
      publisher.messaging.outbox.appendAll(
        sql,
        Array.from({ length: APPEND_AT_ONCE }, () => outboxEvent(OrganizationCreated, newOrganization())),
      ),
    );
  }
  const expected = before + events * parts.length;
  await waitUntil(() => applications.count >= expected, 'applying every event', 120_000);
  return (events * parts.length) / ((performance.now() - started) / 1000);
}

/** The same state changes, each in a transaction, as many at once as the consumers allow themselves. */
async function measureDirectThroughput(parts: readonly Part[], events: number): Promise<number> {
  const CONCURRENCY = 4;
  const started = performance.now();
  await Promise.all(
    parts.flatMap(({ pool }) =>
      Array.from({ length: CONCURRENCY }, async () => {
        for (let done = 0; done < events / CONCURRENCY; done += 1) {
          await pgTransaction(pool, (sql) => apply(sql, newId()));
        }
      }),
    ),
  );
  return (events * parts.length) / ((performance.now() - started) / 1000);
}

function newOrganization(): NewEvent<typeof OrganizationCreated> {
  const organizationId = newId();
  return { aggregateId: organizationId, data: { organizationId, name: 'Halle 7', verified: true } };
}

function partOf(parts: readonly Part[], name: SubgraphName): Part {
  const part = parts.find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`${name} takes no part`);
  return part;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function format(sorted: readonly number[], share: number): string {
  return quantile(sorted, share).toFixed(1);
}
