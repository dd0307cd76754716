import { DATABASE_NAMES, databaseUrlVariable, migrateDatabase } from '@foyer/prisma';

/**
 * Makes and migrates every database on a server.
 * @param adminUrl of a user that may create databases, to any database of the server.
 * @returns `<NAME>_DATABASE_URL` of each.
 */
export async function prepareDatabases(adminUrl: string): Promise<Readonly<Record<string, string>>> {
  const urls: Record<string, string> = {};
  await Promise.all(
    DATABASE_NAMES.map(async (name) => {
      const url = new URL(adminUrl);
      url.pathname = `/foyer_${name}`;
      await migrateDatabase(url.href, name);
      urls[databaseUrlVariable(name)] = url.href;
    }),
  );
  return urls;
}
