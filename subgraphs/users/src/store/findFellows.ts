import type { UsersTransaction } from './openUsersDatabase.js';

/** Which of these accounts belong to an organization that the viewer belongs to as well. */
export async function findFellows(
  client: UsersTransaction,
  viewerId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await client.membership.findMany({
    where: { accountId: { in: [...ids] }, organization: { memberships: { some: { accountId: viewerId } } } },
    select: { accountId: true },
  });
  return new Set(rows.map(({ accountId }) => accountId));
}
