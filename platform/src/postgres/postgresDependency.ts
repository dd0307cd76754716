import { Client, type ClientConfig } from 'pg';
import { ConfigurationError } from '../config/environment.js';
import type { Dependency } from '../process/dependency.js';
import { wrongPostgresConfiguration } from './wrongPostgresConfiguration.js';

/** A database that a process needs. */
export interface PostgresDependencyOptions {
  /** Its name in health reports: `database`. */
  readonly name: string;
  /** The variable that holds its URL, for messages. */
  readonly variable: string;
  readonly url: string;
  /** The names of the migrations that it lacks. */
  readonly pendingMigrations: (client: Client) => Promise<readonly string[]>;
  /** How long it may lack them before it is taken for one that nobody migrates, in milliseconds. Default 15,000. */
  readonly migrationMs?: number;
}

const TIMEOUT_MS = 3000;
const MIGRATION_MS = 15_000;

/**
 * Waits for a Postgres that is not there or is starting, for a database that does not exist yet, and a while for one
 * that is being migrated. Not for one that turns us away, nor for one that stays unmigrated.
 * @throws ConfigurationError when the URL names files that can't be read.
 */
export function postgresDependency(options: PostgresDependencyOptions): Dependency {
  const { name, variable, url, pendingMigrations, migrationMs = MIGRATION_MS } = options;
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'foyer-start',
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  };
  const { host, port, database } = named(config, variable);
  const what = `Postgres at ${host}:${port} (database ${String(database)})`;
  let lackingSince: number | null = null;

  return {
    name,
    what,
    async check() {
      const client = new Client(config);
      client.on('error', () => undefined);
      try {
        await client.connect();
        const pending = await pendingMigrations(client);
        if (pending.length === 0) return;
        lackingSince ??= performance.now();
        const lacks = `the migrations ${pending.join(', ')} are not applied`;
        if (performance.now() - lackingSince < migrationMs) throw new Error(`${lacks} yet`);
        throw new ConfigurationError(
          `${variable}: ${what}: ${lacks}: run \`node prisma/dist/migrate.js\` first.`,
        );
      } catch (error) {
        throw wrongPostgresConfiguration(error, variable, what) ?? error;
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  };
}

/** Where a URL leads; reads the certificates that it names. */
function named(config: ClientConfig, variable: string): Client {
  try {
    return new Client(config);
  } catch (error) {
    throw new ConfigurationError(`${variable}: ${(error as Error).message}`, { cause: error });
  }
}
