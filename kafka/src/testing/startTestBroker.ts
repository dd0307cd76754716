import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerSettings } from '../broker/brokerSettings.js';
import { type Broker, startBroker } from '../broker/startBroker.js';

/** A broker of one suite. */
export interface TestBroker extends Broker {
  /** Stops it, and removes its data. */
  remove(): Promise<void>;
}

/** A broker in a folder of its own. */
export async function startTestBroker(settings: BrokerSettings = {}): Promise<TestBroker> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-kafka-'));
  const broker = await startBroker({ folder, settings });
  return Object.assign(broker, {
    async remove() {
      await broker.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}
