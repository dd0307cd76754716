import { normalEmailAddress } from '@foyer/platform';
import type { UsersDatabase } from './openUsersDatabase.js';

/**
 * The address that somebody means by a text: its normal form, unless an account still has the very text. Such accounts are
 * listed in `address_conflict`: their normal form is another account's, and nobody is locked out for that.
 */
export async function findAddress({ client }: UsersDatabase, text: string): Promise<string> {
  const normal = normalEmailAddress(text);
  const typed = text.normalize('NFC').trim().toLowerCase();
  if (typed === normal) return normal;
  return (await client.account.count({ where: { email: typed } })) > 0 ? typed : normal;
}
