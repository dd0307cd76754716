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

/** What staff wrote down of a guest, sealed with the purpose `reservation-guest`. */
interface SealedGuest {
  readonly name: string;
  readonly email?: string | null;
}

/** Whom a reservation is for. @throws NotKnownYet while the copy lacks the person. */
export async function guestOf(
  { userId, guest }: Pick<Reservation, 'userId' | 'guest'>,
  { sql }: NotifierTransaction,
  sealer: Sealer,
): Promise<Guest> {
  if (userId !== null) {
    const person = await findPerson(sql, userId);
    if (!person) throw new NotKnownYet(`person ${userId}`);
    return person;
  }
  if (guest === null) return { userId, name: null, email: null, language: 'en' };
  const { name, email } = JSON.parse(sealer.open('reservation-guest', guest)) as SealedGuest;
  return { userId, name, email: email ?? null, language: 'en' };
}
