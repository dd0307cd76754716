import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerSettings } from '../broker/brokerSettings.js';
import { type Broker, startBroker } from '../broker/startBroker.js';

/** A broker of one suite, in a folder of its own that goes with it. */
export async function startTestBroker(settings: BrokerSettings = {}): Promise<Broker> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-kafka-'));
  const broker = await startBroker({ folder, settings });
  return {
    brokers: broker.brokers,
    get pid() {
      return broker.pid;
    },
    start: () => broker.start(),
    kill: () => broker.kill(),
    async stop() {
      await broker.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
