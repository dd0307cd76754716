import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, type Environment } from '../config/environment.js';
import type { ProcessName } from './addresses.js';

/** The line of postmaster.pid that holds the port. */
const PORT_LINE = 3;

/**
 * The address of a process's database, for commands beside the running system: `<NAME>_DATABASE_URL`, or the database `foyer_<name>` on the server of
 * `FOYER_POSTGRES_URL`, or on the embedded server that `npm start` is running at this moment.
 *
 * @param root the folder of the repository, where `npm start` keeps its data by default.
 * @throws ConfigurationError when no variable is set and no embedded server runs.
 */
export async function runningDatabaseUrl(
  environment: Environment,
  name: ProcessName,
  root: string,
): Promise<string> {
  const variable = `${name.toUpperCase()}_DATABASE_URL`;
  const configured = environment.optional(variable);
  if (configured !== undefined) return configured;
  const folder = join(environment.text('FOYER_DATA', join(root, '.foyer')), 'postgres');
  const server = new URL(
    environment.optional('FOYER_POSTGRES_URL') ?? (await embeddedServer(folder, variable)),
  );
  server.pathname = `/foyer_${name}`;
  return server.href;
}

async function embeddedServer(folder: string, variable: string): Promise<string> {
  try {
    const [password, pidFile] = await Promise.all([
      readFile(join(folder, 'password'), 'utf8'),
      readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8'),
    ]);
    return `postgres://foyer:${password.trim()}@127.0.0.1:${pidFile.split('\n')[PORT_LINE] ?? ''}`;
  } catch (cause) {
    throw new ConfigurationError(
      `${variable} is not set, and no embedded Postgres is running in ${folder}.`,
      {
        cause,
      },
    );
  }
}
