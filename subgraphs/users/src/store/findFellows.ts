import type { UsersTransaction } from './openUsersDatabase.js';

/** Which of these accounts belong to an organization whose members the viewer may see: not as DOOR. */
export async function findFellows(
  client: UsersTransaction,
  viewerId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await client.membership.findMany({
    where: {
      accountId: { in: [...ids] },
      organization: { memberships: { some: { accountId: viewerId, role: { not: 'DOOR' } } } },
    },
    select: { accountId: true },
  });
  return new Set(rows.map(({ accountId }) => accountId));
}
