import {
  createMessaging,
  defineHandler,
  OrganizationCreated,
  outboxEvent,
  type EventBus,
  type Messaging,
  type NewEvent,
} from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import {
  createLog,
  createPool,
  newId,
  pgTransaction,
  type SqlTransaction,
  type SubgraphName,
} from '@foyer/platform';
import { migrateDatabase } from '@foyer/prisma';
import type { Pool } from 'pg';
import { atRate } from './atRate.js';
import type { BenchResult } from './benchResult.js';
import { openDeliveryBus, type DeliveryEngine } from './deliveryBus.js';
import { percentile } from './percentile.js';

/** How the benchmark of the way of events is run. */
export interface BenchDeliveryOptions {
  readonly engine: DeliveryEngine;
  /** Of a Postgres that makes commits durable, as an administrator. */
  readonly adminUrl: string;
  /** Who handles every event; the first publishes them. */
  readonly parts: readonly [typeof PUBLISHER, typeof NEXT, ...SubgraphName[]];
  /** Events per second while latency is measured. */
  readonly rate: number;
  /** How long latency is measured, after a warm-up of three seconds. */
  readonly seconds: number;
  /** Events of the measurement of throughput. */
  readonly events: number;
  /** What the next subgraph's p99 is to be. */
  readonly aim?: string;
  /** Told what is being done. */
  readonly log: (line: string) => void;
}

const WARM_UP_SECONDS = 3;
const APPEND_AT_ONCE = 50;
const PUBLISHER = 'users';
/** The one of the readers that stands for "the next subgraph". */
const NEXT = 'inventory';

interface Part {
  readonly name: SubgraphName;
  readonly pool: Pool;
  readonly messaging: Messaging;
}

/** What the handlers have done. */
interface Applications {
  count: number;
  readonly listeners: Set<(eventId: string, by: SubgraphName) => void>;
}

/** Milliseconds from the publisher's commit. */
interface Latency {
  readonly next: number;
  readonly last: number;
}

/**
 * From the commit in one subgraph to the commit of what others do with the event: several groups in one process on one
 * Postgres, each applying every event. The baseline of all figures is to run the same state change of all of them
 * directly, with no bus, inbox or outbox between.
 */
export async function benchDelivery(options: BenchDeliveryOptions): Promise<BenchResult[]> {
  const { engine, adminUrl, rate, seconds, events, log } = options;
  const databaseUrl = async (name: SubgraphName | 'bus'): Promise<string> => {
    const run = `${engine.split(' ')[0]?.toLowerCase() ?? ''}_${options.parts.length}_${process.pid}`;
    const { href } = Object.assign(new URL(adminUrl), { pathname: `/delivery_${name}_${run}` });
    await migrateDatabase(href, name);
    return href;
  };
  const { bus, close } = await openDeliveryBus(engine, await databaseUrl('bus'));
  const applications: Applications = { count: 0, listeners: new Set() };
  const parts: Part[] = [];
  try {
    for (const name of options.parts) {
      parts.push(await startPart(name, await databaseUrl(name), bus, applications));
    }
    const direct = await measure(rate, seconds, () => applyDirectly(parts));
    const delivered = await measure(rate, seconds, () => publishOne(parts, applications));
    const throughput = await measureThroughput(parts, applications, events);
    const directThroughput = await measureDirectThroughput(parts, events);
    const note = `${parts.length} groups in one process, all handling every event, over the ${engine}`;
    const figure = (
      name: string,
      unit: string,
      value: number,
      baseline: number,
      aim?: string,
    ): BenchResult => ({
      ...{
        name: `${engine}, ${parts.length} groups: ${name}`,
        unit,
        value,
        baseline,
        ratio: value / baseline,
      },
      ...(aim === undefined ? {} : { aim }),
      note: unit === 'ms' ? `${note}, at ${rate} events/s` : note,
    });
    const latency = (share: number, of: keyof Latency): readonly [number, number] => [
      percentile(
        delivered.map((each) => each[of]),
        share,
      ),
      percentile(
        direct.map((each) => each[of]),
        share,
      ),
    ];
    const results = [
      figure('commit to applied in the next subgraph, p50', 'ms', ...latency(50, 'next')),
      figure('commit to applied in the next subgraph, p99', 'ms', ...latency(99, 'next'), options.aim),
      figure('commit to applied in all of them, p99', 'ms', ...latency(99, 'last')),
      figure('sustained, from a full outbox', 'events/s', throughput, directThroughput),
    ];
    for (const { name, value, unit } of results) log(`${name}: ${value.toFixed(1)} ${unit}`);
    return results;
  } finally {
    for (const { messaging, pool } of parts) {
      await messaging.stop();
      await pool.end();
    }
    await close();
  }
}

async function startPart(
  name: SubgraphName,
  databaseUrl: string,
  bus: EventBus,
  applications: Applications,
): Promise<Part> {
  const pool = createPool(databaseUrl, { max: 6, applicationName: 'bench' });
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
            for (const listener of applications.listeners) listener(id, name);
          });
        },
      }),
    ],
    log: createLog('bench', 'silent'),
  });
  await messaging.start();
  return { name, pool, messaging };
}

async function measure(
  rate: number,
  seconds: number,
  once: () => Promise<Latency>,
): Promise<readonly Latency[]> {
  await atRate(rate, WARM_UP_SECONDS, once);
  return await atRate(rate, seconds, once);
}

async function apply(sql: SqlTransaction, eventId: string): Promise<void> {
  await sql.query('insert into measured (event_id) values ($1)', [eventId]);
}

async function applyDirectly(parts: readonly Part[]): Promise<Latency> {
  const id = newId();
  const started = performance.now();
  let next = 0;
  await Promise.all(
    parts.map(async ({ name, pool }) => {
      await pgTransaction(pool, (sql) => apply(sql, id));
      if (name === NEXT) next = performance.now() - started;
    }),
  );
  return { next, last: performance.now() - started };
}

/** Resolves when every subgraph has committed what it does. */
async function publishOne(parts: readonly Part[], { listeners }: Applications): Promise<Latency> {
  const publisher = partOf(parts, PUBLISHER);
  let eventId = '';
  let left = parts.length;
  let committedAt = 0;
  let nextAt = 0;
  const applied = new Promise<void>((resolve) => {
    const listener = (id: string, by: SubgraphName): void => {
      if (id !== eventId) return;
      if (by === NEXT) nextAt = performance.now();
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
  return { next: nextAt - committedAt, last: performance.now() - committedAt };
}

/** Events per second, applied by every subgraph, from the first append until the last of them. */
async function measureThroughput(
  parts: readonly Part[],
  applications: Applications,
  events: number,
): Promise<number> {
  const publisher = partOf(parts, PUBLISHER);
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
  await waitUntil(() => applications.count >= expected, 'applying every event');
  return events / ((performance.now() - started) / 1000);
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
  return events / ((performance.now() - started) / 1000);
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
