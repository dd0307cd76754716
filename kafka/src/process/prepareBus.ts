import { postgresDependency, type Dependency, type Environment, type Log } from '@foyer/platform';
import { createBusFromEnvironment } from '../bus/createBusFromEnvironment.js';
import { createLateBus, type LateBus } from '../bus/createLateBus.js';
import { checkKafka } from '../bus/kafka/checkKafka.js';
import { readKafkaSettings } from '../bus/kafka/kafkaSettings.js';
import { readPartitions } from '../bus/readPartitions.js';
import type { PendingMigrations } from './pendingMigrations.js';

/** A bus to be opened, and the engine that must answer before. */
export interface PreparedBus {
  readonly bus: LateBus;
  readonly dependency: Dependency;
}

/** The bus that the environment names, not opened yet. @throws ConfigurationError for a variable that can't be used. */
export function prepareBus(
  environment: Environment,
  log: Log,
  pendingMigrations: PendingMigrations,
): PreparedBus {
  readPartitions(environment);
  const kafka = readKafkaSettings(environment);
  return {
    bus: createLateBus(() => createBusFromEnvironment(environment, log)),
    dependency: kafka
      ? {
          name: 'bus',
          what: `Kafka at ${kafka.brokers.join(', ')}`,
          check: () => checkKafka(kafka, log),
        }
      : postgresDependency({
          name: 'bus',
          variable: 'BUS_DATABASE_URL',
          url: environment.postgresUrl('BUS_DATABASE_URL'),
          pendingMigrations: (client) => pendingMigrations(client, 'bus'),
        }),
  };
}
