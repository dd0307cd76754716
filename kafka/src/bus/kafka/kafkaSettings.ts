import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { ConfigurationError, type Environment } from '@foyer/platform';
import type { SASLOptions } from 'kafkajs';

/** Where Kafka is, and how it is spoken to. */
export interface KafkaSettings {
  /** `host:port` of some of the brokers; the others are learned from them. */
  readonly brokers: readonly string[];
  /** Put before the names of topics and groups, so that several systems can share a cluster. May be empty. */
  readonly prefix: string;
  /** Copies of each partition; null: as many as there are brokers, at most three. */
  readonly replicationFactor: number | null;
  readonly compression: 'gzip' | 'none';
  /** Null: no TLS. */
  readonly tls: ConnectionOptions | null;
  /** Null: nobody asks who we are. */
  readonly sasl: SASLOptions | null;
}

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/**
 * What the environment says of Kafka: `KAFKA_BROKERS` and the other variables that begin with `KAFKA_`.
 *
 * @returns null when `KAFKA_BROKERS` is not set: then the bus is not on Kafka.
 * @throws ConfigurationError when a variable can't be used, or does not go with another.
 */
export function readKafkaSettings(environment: Environment): KafkaSettings | null {
  const brokers = environment.optional('KAFKA_BROKERS');
  if (brokers === undefined) return null;
  const replicas = environment.integer('KAFKA_REPLICATION_FACTOR', 0, { minimum: 1, maximum: 100 });
  return {
    brokers: readBrokers(brokers),
    prefix: readPrefix(environment),
    replicationFactor: replicas === 0 ? null : replicas,
    compression: environment.choice('KAFKA_COMPRESSION', ['gzip', 'none'], 'gzip'),
    tls: readTls(environment),
    sasl: readSasl(environment),
  };
}

function readBrokers(text: string): readonly string[] {
  const brokers = text.split(',').map((broker) => broker.trim());
  for (const broker of brokers) {
    const port = Number(
      /^[^\s/:]+:(\d{1,5})$|^\[[0-9a-fA-F:.]+\]:(\d{1,5})$/.exec(broker)?.slice(1).find(Boolean),
    );
    if (!(port >= 1 && port <= 65_535)) {
      throw new ConfigurationError(`KAFKA_BROKERS=${text}: must be host:port, several separated by commas.`);
    }
  }
  return brokers;
}

/** Kafka allows letters, digits, dots, dashes and underscores, 249 characters in all. */
function readPrefix(environment: Environment): string {
  const prefix = environment.text('KAFKA_TOPIC_PREFIX', '');
  if (!/^[a-zA-Z0-9._-]{0,200}$/.test(prefix)) {
    throw new ConfigurationError(
      `KAFKA_TOPIC_PREFIX=${prefix}: must be letters, digits, dots, dashes and underscores, at most 200.`,
    );
  }
  return prefix;
}

function readTls(environment: Environment): ConnectionOptions | null {
  const files = {
    ca: readPem(environment, 'KAFKA_TLS_CA'),
    cert: readPem(environment, 'KAFKA_TLS_CERT'),
    key: readPem(environment, 'KAFKA_TLS_KEY'),
  };
  const given = Object.fromEntries(Object.entries(files).filter(([, pem]) => pem !== undefined));
  if (!environment.flag('KAFKA_TLS', false)) {
    if (Object.keys(given).length === 0) return null;
    throw new ConfigurationError(
      'KAFKA_TLS is not true, but KAFKA_TLS_CA, KAFKA_TLS_CERT or KAFKA_TLS_KEY is set.',
    );
  }
  if ((files.cert === undefined) !== (files.key === undefined)) {
    throw new ConfigurationError('KAFKA_TLS_CERT and KAFKA_TLS_KEY belong together: set both or none.');
  }
  return given;
}

function readPem(environment: Environment, name: string): string | undefined {
  const file = environment.optional(name);
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`${name}=${file}: can't be read: ${(error as Error).message}`);
  }
}

function readSasl(environment: Environment): SASLOptions | null {
  const username = environment.optional('KAFKA_SASL_USERNAME');
  const password = environment.optional('KAFKA_SASL_PASSWORD');
  if (environment.optional('KAFKA_SASL_MECHANISM') === undefined) {
    if (username === undefined && password === undefined) return null;
    throw new ConfigurationError(`KAFKA_SASL_MECHANISM is not set: must be one of ${MECHANISMS.join(', ')}.`);
  }
  const mechanism = environment.choice('KAFKA_SASL_MECHANISM', MECHANISMS, 'plain');
  return {
    mechanism,
    username: environment.text('KAFKA_SASL_USERNAME'),
    password: environment.text('KAFKA_SASL_PASSWORD'),
  };
}
