import { startEmbeddedPostgres, type EmbeddedPostgres, type PostgresSettings } from '@foyer/platform';

/** A server that can be ended, one way or the other, and started again where it was. */
export interface Restartable {
  /** Ends it as an operator does. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
}

/** A Postgres that can be ended and started again. */
export interface RestartablePostgres extends Restartable {
  readonly adminUrl: string;
}

/**
 * Starts a Postgres of its own with the settings it is shipped with: what it has committed must be there after SIGKILL.
 * @param folder keeps its data.
 */
export async function startRestartablePostgres(
  folder: string,
  settings: PostgresSettings = {},
): Promise<RestartablePostgres> {
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDirectory: folder, settings });
  const { adminUrl, port } = server;
  return {
    adminUrl,
    stop: () => server.stop(),
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.stop();
    },
    async start() {
      server = await startEmbeddedPostgres({ dataDirectory: folder, port, settings });
    },
  };
}
