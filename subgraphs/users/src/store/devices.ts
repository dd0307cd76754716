import { newId, type SqlTransaction } from '@foyer/platform';
import type { Prisma } from '@foyer/prisma/users';
import { hashSecret } from '../tokens/opaqueToken.js';
import type { UsersDatabase, UsersTransaction } from './openUsersDatabase.js';

/** A device as it is stored. */
export type Device = Prisma.DeviceGetPayload<object>;

/** How many devices an account remembers; the one unused for longest is forgotten first. */
const REMEMBERED = 20;

/** The device with this token, if it is known to the account with this email; null otherwise. */
export async function findDevice(
  database: UsersDatabase,
  token: string | null,
  email: string,
): Promise<Device | null> {
  if (token === null) return null;
  return database.client.device.findFirst({ where: { tokenHash: hashSecret(token), account: { email } } });
}

/** Makes a device known to an account. */
export async function insertDevice(
  client: UsersTransaction,
  sql: SqlTransaction,
  accountId: string,
  token: string,
  now: Date,
): Promise<Device> {
  const device = await client.device.create({
    data: { id: newId(), accountId, tokenHash: hashSecret(token), createdAt: now, lastUsedAt: now },
  });
  await sql.query(
    `delete from device where id in (
       select id from device where account_id = $1 order by last_used_at desc, id desc offset ${REMEMBERED})`,
    [accountId],
  );
  return device;
}
