import type { Guest } from '../domain/guest.js';
import { accountBuyer } from './accountBuyer.js';

/**
 * Whom a person with an account books for: somebody named, reached at the account's address where no other is given, or
 * the account itself.
 * @throws Refused `InvalidInput` when that is not known here.
 */
export function guestFor(
  named: Guest | null,
  account: { readonly name: string; readonly email: string } | null,
): Guest {
  const email = named?.email ?? account?.email;
  const buyer = named && email !== undefined ? { name: named.name, email } : null;
  return { ...accountBuyer(buyer, account, 'input.guest'), phone: named?.phone ?? null };
}
