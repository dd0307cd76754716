import type { Log } from '@foyer/platform';
import type { UsersDatabase } from './openUsersDatabase.js';

/** Says at every start which accounts have an address that is another account's in its normal form. */
export async function reportConflicts({ client }: UsersDatabase, log: Log): Promise<void> {
  const accounts = await client.addressConflict.findMany({
    select: { accountId: true },
    orderBy: { accountId: 'asc' },
    take: 100,
  });
  if (accounts.length === 0) return;
  log.warn(
    { accountIds: accounts.map(({ accountId }) => accountId) },
    'accounts share an address with others but for its spelling; see the table address_conflict of users',
  );
}
