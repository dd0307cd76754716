import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isPortTaken } from '@foyer/platform';
import { claimBrokerFolder, releaseClaim, writeClaim } from './brokerClaim.js';
import { hasEnded, startBrokerProcess } from './brokerProcess.js';
import { type BrokerSettings, brokerSettings, formatSettings } from './brokerSettings.js';
import { endProcess } from './endProcess.js';
import { fetchBroker } from './fetchBroker.js';
import { findBrokerPort } from './findBrokerPort.js';
import { formatStorage } from './formatStorage.js';

export interface BrokerOptions {
  /** Where it keeps its data, its settings and its log (`server.log`); made if missing. */
  readonly folder: string;
  /** TCP port on 127.0.0.1. Default: a free one, the same for as long as this value lives. */
  readonly port?: number;
  /** On top of ours, by Kafka's names. The clients' listener is called CLIENT. */
  readonly settings?: BrokerSettings;
}

/** An Apache Kafka of one node. */
export interface Broker {
  /** `127.0.0.1:PORT`, as `KAFKA_BROKERS` wants it. */
  readonly brokers: string;
  /** Of the process that runs now or ran last. */
  readonly pid: number;
  /** Ends it after all is written. May be called twice, and after `kill`. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again, after `stop` or `kill`, with the same data and port; nothing when it runs. */
  start(): Promise<void>;
}

/**
 * Starts a broker and gives it once it serves; fetches it first where need be. It ends when this process does,
 * also by SIGKILL; what nevertheless was left on the folder is stopped first.
 *
 * @throws when the port is taken, when another living process uses the folder, and when Java or Maven is missing.
 */
export async function startBroker({ folder, port: wanted, settings }: BrokerOptions): Promise<Broker> {
  await fetchBroker();
  await mkdir(folder, { recursive: true });
  const home = await realpath(folder);
  const claimFile = join(home, 'owner.json');
  const settingsFile = join(home, 'server.properties');
  const dataFolder = join(home, 'data');
  const port = wanted ?? (await findBrokerPort());
  let child: ChildProcess | undefined;

  async function run(): Promise<void> {
    if (child !== undefined && !hasEnded(child)) return;
    // It may have ended by itself.
    if (child !== undefined) releaseClaim(claimFile);
    await claimBrokerFolder(claimFile, home);
    try {
      if (await isPortTaken(port)) {
        throw new Error(`Port ${port} of 127.0.0.1 is in use, so Kafka can't listen there.`);
      }
      const all = { ...brokerSettings(port, await findBrokerPort(), dataFolder), ...settings };
      await writeFile(settingsFile, formatSettings(all), { mode: 0o600 });
      await formatStorage(dataFolder, settingsFile);
      child = await startBrokerProcess(settingsFile, join(home, 'server.log'), (pid) =>
        writeClaim(claimFile, pid),
      );
    } catch (error) {
      releaseClaim(claimFile);
      throw error;
    }
  }

  async function end(signals: readonly NodeJS.Signals[]): Promise<void> {
    if (child?.pid !== undefined && !hasEnded(child)) {
      child.ref();
      const exited = once(child, 'exit');
      await endProcess(child.pid, signals);
      await exited;
    }
    releaseClaim(claimFile);
  }

  await run();
  return {
    brokers: `127.0.0.1:${port}`,
    get pid() {
      return child?.pid ?? 0;
    },
    stop: () => end(['SIGTERM', 'SIGKILL']),
    kill: () => end(['SIGKILL']),
    start: run,
  };
}
