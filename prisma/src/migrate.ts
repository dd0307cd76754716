// Migrates databases: `node prisma/dist/migrate.js [name…]`, without names all whose variable is set.
import { DATABASE_NAMES, databaseUrlVariable, isDatabaseName } from './databases.js';
import { migrateDatabase } from './migrateDatabase.js';

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !isDatabaseName(name));
  if (unknown.length > 0) {
    throw new Error(`There is no database ${unknown.join(', ')}. There are: ${DATABASE_NAMES.join(', ')}.`);
  }
  const names = wanted.length > 0 ? wanted.filter(isDatabaseName) : DATABASE_NAMES.filter(hasUrl);
  if (names.length === 0) {
    throw new Error(`Set ${databaseUrlVariable('users')} and its like to the databases' URLs.`);
  }
  for (const name of names) {
    const url = process.env[databaseUrlVariable(name)];
    if (url === undefined) {
      throw new Error(`Set ${databaseUrlVariable(name)} to the URL of the database ${name}.`);
    }
    const applied = await migrateDatabase(url, name);
    console.log(`${name}: ${applied.length === 0 ? 'current' : `applied ${applied.join(', ')}`}`);
  }
}

function hasUrl(name: (typeof DATABASE_NAMES)[number]): boolean {
  return process.env[databaseUrlVariable(name)] !== undefined;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
