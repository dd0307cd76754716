import { join } from 'node:path';
import { startBroker, whyNoBroker } from '@foyer/kafka/broker';
import {
  ConfigurationError,
  redisAvailable,
  startEmbeddedPostgres,
  startRedisServer,
  type Environment,
} from '@foyer/platform';

/** Where the engines are. */
export interface Engines {
  /** Of a Postgres user that may create databases. */
  readonly postgresUrl: string;
  /** `KAFKA_BROKERS` and `REDIS_URL`. */
  readonly variables: Readonly<Record<string, string>>;
  /** What was started here, for people: `Postgres at 127.0.0.1:5432`. */
  readonly started: readonly string[];
}

/** How to start the engines. */
export interface EnginesOptions {
  /** `FOYER_POSTGRES_URL`, `REDIS_URL` and `KAFKA_BROKERS` name those that are elsewhere; the others are started. */
  readonly environment: Environment;
  /** Keeps their data. */
  readonly folder: string;
  readonly say: (text: string) => void;
  /** Takes what stops an engine, as soon as it runs. */
  readonly onStarted: (stop: () => Promise<void>) => void;
}

/**
 * Enough for twelve processes: at most 104 of their pools, leases and listeners (docs/deployment.md), 60 more where the
 * bus is the log in Postgres; the rest is for migrations and people.
 */
const MAX_CONNECTIONS = 250;

/** Starts Postgres, Redis and Kafka, those that are not elsewhere. @throws ConfigurationError for what has to be installed. */
export async function startEngines(options: EnginesOptions): Promise<Engines> {
  const { environment } = options;
  const postgresUrl = environment.optional('FOYER_POSTGRES_URL');
  const redisUrl = environment.optional('REDIS_URL');
  const brokers = environment.optional('KAFKA_BROKERS');
  // Known before anything is started.
  if (redisUrl === undefined) requireRedis();
  if (brokers === undefined) requireBroker();
  // All come to an end, one way or the other: what still starts can't be stopped.
  const settled = await Promise.allSettled([
    postgresUrl ?? startPostgres(options),
    redisUrl ?? startRedis(options),
    brokers ?? startKafka(options),
  ]);
  const [postgres, redis, kafka] = settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  }) as [string, string, string];
  return {
    postgresUrl: postgres,
    variables: { REDIS_URL: redis, KAFKA_BROKERS: kafka },
    started: [
      ...(postgresUrl === undefined ? [`Postgres       ${new URL(postgres).host}`] : []),
      ...(redisUrl === undefined ? [`Redis          ${new URL(redis).host}`] : []),
      ...(brokers === undefined ? [`Kafka          ${kafka}`] : []),
    ],
  };
}

function requireRedis(): void {
  if (redisAvailable()) return;
  throw new ConfigurationError(
    'There is no redis-server on PATH. Install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install ' +
      'redis), or set REDIS_URL to one that runs elsewhere.',
  );
}

function requireBroker(): void {
  const obstacle = whyNoBroker();
  if (obstacle === null) return;
  throw new ConfigurationError(`${obstacle} Or set KAFKA_BROKERS to one that runs elsewhere.`);
}

async function startPostgres({ environment, folder, say, onStarted }: EnginesOptions): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(folder, 'postgres'),
    port: environment.integer('FOYER_POSTGRES_PORT', 0, { maximum: 65_535 }),
    settings: { max_connections: MAX_CONNECTIONS },
    log: say,
  });
  onStarted(() => postgres.stop());
  return postgres.adminUrl;
}

async function startRedis({ folder, onStarted }: EnginesOptions): Promise<string> {
  const redis = await startRedisServer({ folder: join(folder, 'redis') });
  onStarted(() => redis.stop());
  return redis.url;
}

async function startKafka({ folder, say, onStarted }: EnginesOptions): Promise<string> {
  say('Starting Apache Kafka (fetched first where it is not here yet: 44 MB) …');
  const broker = await startBroker({ folder: join(folder, 'kafka') });
  onStarted(() => broker.stop());
  return broker.brokers;
}
