import { findPerson } from '@foyer/kafka';
import type { Sealer } from '@foyer/platform';
import type { Reservation } from '../domain/reservation/reservation.js';
import type { NotifierTransaction } from '../store/notifier.js';
import { NotKnownYet } from './parts.js';

/** Whom a reservation is for. */
export interface Guest {
  /** null: no account. */
  readonly userId: string | null;
  /** null: nobody knows. */
  readonly name: string | null;
  /** null: there is no way to write to them. */
  readonly email: string | null;
  /** BCP 47. */
  readonly language: string;
}

/** What was written down of a guest, sealed with the purpose `reservation-guest`. */
interface SealedGuest {
  readonly name: string;
  readonly email?: string | null;
}

/**
 * Whom a reservation is for: who was named when it was booked, which may be another person than the account's; its account
 * has the inbox and the language.
 * @throws NotKnownYet while the copy lacks the account.
 */
export async function guestOf(
  { userId, guest }: Pick<Reservation, 'userId' | 'guest'>,
  { sql }: NotifierTransaction,
  sealer: Sealer,
): Promise<Guest> {
  const named = guest === null ? null : (JSON.parse(sealer.open('reservation-guest', guest)) as SealedGuest);
  if (userId === null) {
    return { userId, name: named?.name ?? null, email: named?.email ?? null, language: 'en' };
  }
  const person = await findPerson(sql, userId);
  if (!person) throw new NotKnownYet(`person ${userId}`);
  return {
    userId,
    name: named?.name ?? person.name,
    email: named?.email ?? person.email,
    language: person.language,
  };
}
