// Makes and migrates databases: `node prisma/dist/migrate.js [name…]`, or `pnpm --filter @foyer/prisma migrate`.
import { ConfigurationError, createLog, Environment, isOutage, waitForDependency } from '@foyer/platform';
import { DATABASE_NAMES, type DatabaseName, databaseUrlVariable, isDatabaseName } from './databases.js';
import { migrateDatabase } from './migrateDatabase.js';

/**
 * Without names all databases whose place is known: by `<NAME>_DATABASE_URL`, else `foyer_<name>` on the server of
 * `FOYER_POSTGRES_URL`. One that does not exist is made. A server that does not answer yet is waited for; several that
 * migrate at once wait for each other; a database that is current is left alone.
 */
async function main(wanted: readonly string[]): Promise<void> {
  const environment = new Environment();
  const unknown = wanted.filter((name) => !isDatabaseName(name));
  if (unknown.length > 0) {
    throw new ConfigurationError(
      `There is no database ${unknown.join(', ')}. There are: ${DATABASE_NAMES.join(', ')}.`,
    );
  }
  const names =
    wanted.length > 0 ? wanted.filter(isDatabaseName) : DATABASE_NAMES.filter(hasPlace(environment));
  if (names.length === 0) {
    throw new ConfigurationError(
      `Set FOYER_POSTGRES_URL to the URL of the server, or ${databaseUrlVariable('users')} and its like to the databases'.`,
    );
  }
  for (const name of names) {
    const applied = await migrateWhenReachable(urlOf(environment, name), name);
    console.log(`${name}: ${applied.length === 0 ? 'current' : `applied ${applied.join(', ')}`}`);
  }
}

function hasPlace(environment: Environment): (name: DatabaseName) => boolean {
  return (name) =>
    [databaseUrlVariable(name), 'FOYER_POSTGRES_URL'].some(
      (variable) => environment.optional(variable) !== undefined,
    );
}

function urlOf(environment: Environment, name: DatabaseName): string {
  const variable = databaseUrlVariable(name);
  if (environment.optional(variable) !== undefined) return environment.url(variable);
  if (environment.optional('FOYER_POSTGRES_URL') === undefined) {
    throw new ConfigurationError(
      `Set ${variable} to the URL of the database ${name}, or FOYER_POSTGRES_URL to that of the server.`,
    );
  }
  const url = new URL(environment.url('FOYER_POSTGRES_URL'));
  url.pathname = `/foyer_${name}`;
  return url.href;
}

/** An outage in the middle is one to be waited for too: what was applied is not applied again. */
async function migrateWhenReachable(url: string, name: DatabaseName): Promise<readonly string[]> {
  let applied: readonly string[] = [];
  const check = async (): Promise<void> => {
    try {
      applied = await migrateDatabase(url, name);
    } catch (error) {
      if (isOutage(error)) throw error;
      throw new ConfigurationError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  };
  await waitForDependency(
    { name: 'database', what: `Postgres at ${new URL(url).host} (database ${name})`, check },
    { signal: new AbortController().signal, log: createLog('foyer-migrate'), onAbsent: () => undefined },
  );
  return applied;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
