import type { Services } from '../services.js';
import { lockForAdministration } from './lockForAdministration.js';
import { userUpdated } from './userEvents.js';

/** Opens a deactivated account again. @throws Refused `NotFound`. */
export async function reactivateUser({ database, outbox }: Services, userId: string): Promise<void> {
  await database.transaction(async (client, sql) => {
    const account = await lockForAdministration(client, sql, userId);
    if (!account.deactivatedAt) return;
    const open = await client.account.update({ where: { id: userId }, data: { deactivatedAt: null } });
    await outbox.appendAll(sql, [userUpdated(open)]);
  });
}
