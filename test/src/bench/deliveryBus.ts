import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createBusFromEnvironment, type EventBus } from '@foyer/kafka';
import { startBroker } from '@foyer/kafka/broker';
import { createLog, Environment } from '@foyer/platform';

/** On what the bus of a measurement stands. */
export type DeliveryEngine = 'Postgres log' | 'Apache Kafka';

/** The bus of one measurement, on an empty log. */
export interface DeliveryBus {
  readonly bus: EventBus;
  /** Closes it, and removes what was started for it. */
  close(): Promise<void>;
}

/** On the disk that `npm start` uses: a folder for temporary files may be in memory. */
const STATE = resolve(__dirname, '../../../.foyer');

/** @param busDatabaseUrl a migrated database for the log in Postgres. */
export async function openDeliveryBus(engine: DeliveryEngine, busDatabaseUrl: string): Promise<DeliveryBus> {
  const log = createLog('bench', 'silent');
  if (engine === 'Postgres log') {
    const bus = await createBusFromEnvironment(new Environment({ BUS_DATABASE_URL: busDatabaseUrl }), log);
    return { bus, close: () => bus.close() };
  }
  const folder = join(STATE, `bench-kafka-${process.pid}`);
  const broker = await startBroker({ folder });
  const remove = async (): Promise<void> => {
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const bus = await createBusFromEnvironment(new Environment({ KAFKA_BROKERS: broker.brokers }), log);
    return {
      bus,
      async close() {
        await bus.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
