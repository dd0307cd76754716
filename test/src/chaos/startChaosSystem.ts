import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBroker, type Broker } from '@foyer/kafka/broker';
import { createLog, portVariable, PROCESS_NAMES, startRedisServer, type RedisServer } from '@foyer/platform';
import { DATABASE_NAMES, databaseUrlVariable, migrateDatabase } from '@foyer/prisma';
import { startDistributed, type Distributed, type ProcessExit } from '@foyer/system';
import { startRestartablePostgres, type RestartablePostgres } from '../harness/restartablePostgres.js';
import { QUICK, TEST_SECRET } from '../harness/testEnvironment.js';
import { startWebhookProxy, type WebhookProxy } from '../harness/webhookProxy.js';
import { createEcho, type Echo } from './nemesis/createEcho.js';
import type { Random } from './random.js';

/** The distributed system on engines of its own, with all that the nemesis takes hold of. */
export interface ChaosSystem {
  readonly distributed: Distributed;
  readonly variables: Readonly<Record<string, string>>;
  readonly engines: {
    readonly postgres: RestartablePostgres;
    readonly kafka: Broker;
    readonly redis: RedisServer;
  };
  readonly webhooks: WebhookProxy;
  readonly clocks: Clocks;
  readonly echo: Echo;
  /** Ids of messages that nobody can handle. */
  readonly poison: Set<string>;
  /** Ends the processes, each by SIGTERM; the engines stay. @returns how each ended, by title. */
  stopProcesses(): Promise<Readonly<Record<string, ProcessExit | null>>>;
  /** Ends whatever still runs. */
  stop(): Promise<void>;
}

/** Clocks of processes. */
export interface Clocks {
  /** @param shift milliseconds by which the clock is wrong from now on; 0 for none. */
  set(pid: number, shift: number): Promise<void>;
}

/** Nothing lasts long, so that everything has come to its end soon after the last fault. */
const HASTE = {
  INVENTORY_HOLD_SECONDS: '20',
  INVENTORY_SWEEP_MS: '500',
  PAYMENTS_CLOSE_BEFORE_HOLD_SECONDS: '2',
  PAYMENTS_RECONCILE_SECONDS: '3',
  PAYMENTS_PROVIDER_TIMEOUT_MS: '3000',
  ORDERS_PLACE_WITHIN_SECONDS: '30',
  WAITROOM_ADMISSION_SECONDS: '20',
  WAITROOM_ABSENCE_SECONDS: '60',
  WAITROOM_JOINS_PER_PERSON_PER_MINUTE: '100000',
  FOYER_DRAIN_SECONDS: '20',
};

const SKEW_CLOCK = join(__dirname, '../harness/skewClock.js');

/** Starts it. @param folder keeps all data and logs. */
export async function startChaosSystem(folder: string, random: Random): Promise<ChaosSystem> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each().catch(() => undefined);
  };
  try {
    const clockFolder = join(folder, 'clocks');
    await mkdir(clockFolder, { recursive: true });
    const [postgres, kafka, redis] = await Promise.all([
      startRestartablePostgres(join(folder, 'postgres'), { max_connections: 300 }),
      startBroker({ folder: join(folder, 'kafka') }),
      startRedisServer({ folder: join(folder, 'redis') }),
    ]);
    stops.push(
      () => postgres.stop(),
      () => kafka.stop(),
      () => redis.stop(),
    );
    let payments = '';
    const webhooks = await startWebhookProxy(() => `${payments}/webhooks/sandbox`);
    stops.push(() => webhooks.close());
    const distributed = await startDistributed({
      folder,
      log: createLog('chaos', 'silent'),
      variables: {
        ...QUICK,
        ...HASTE,
        ...(await makeDatabases(postgres.adminUrl)),
        ...Object.fromEntries(PROCESS_NAMES.map((name) => [portVariable(name), '0'])),
        FOYER_SECRET: TEST_SECRET,
        LOG_LEVEL: 'info',
        KAFKA_BROKERS: kafka.brokers,
        REDIS_URL: redis.url,
        PAYMENTS_SANDBOX_WEBHOOK_URL: webhooks.url,
        CHAOS_CLOCKS: clockFolder,
      },
      execArgv: () => ['--require', SKEW_CLOCK],
    });
    stops.push(() => distributed.stop());
    payments = distributed.processes.find(({ name }) => name === 'payments')?.url ?? '';
    const echo = await createEcho(distributed.variables, random);
    stops.push(() => echo.close());
    return {
      distributed,
      variables: distributed.variables,
      engines: { postgres, kafka, redis },
      webhooks,
      echo,
      poison: new Set(),
      clocks: { set: (pid, shift) => writeFile(join(clockFolder, String(pid)), String(shift)) },
      stopProcesses: () => distributed.stop(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeDatabases(adminUrl: string): Promise<Readonly<Record<string, string>>> {
  const urls = await Promise.all(
    DATABASE_NAMES.map(async (name) => {
      const url = new URL(adminUrl);
      url.pathname = `/foyer_${name}`;
      await migrateDatabase(url.href, name);
      return [databaseUrlVariable(name), url.href] as const;
    }),
  );
  return Object.fromEntries(urls);
}
