import { openDatabase, type Database, type TransactionClient } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/users';

/** The subgraph's database. */
export type UsersDatabase = Database<PrismaClient>;

/** The generated client inside a transaction. */
export type UsersTransaction = TransactionClient<PrismaClient>;

/** Opens the database. @param max connections. */
export function openUsersDatabase(url: string, max: number): UsersDatabase {
  return openDatabase({
    url,
    max,
    applicationName: 'foyer-users',
    client: (adapter) => new PrismaClient({ adapter }),
  });
}
