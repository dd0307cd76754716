import { createHash, timingSafeEqual } from 'node:crypto';
import { findPerson } from '@foyer/kafka';
import {
  networkOf,
  normalCode,
  normalEmailAddress,
  rateLimited,
  type Identity,
  type Refused,
} from '@foyer/platform';
import { findReservationByCode } from '../store/findReservation.js';
import type { ReservationRow } from '../store/reservationRow.js';
import type { Services } from './services.js';

/** Stands in for a person that there is none of, so that finding nobody takes as long. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * The reservation that a code names, for whoever also knows an email it was made with. Does the same whether the code,
 * the email, both or none are right.
 * @returns null when there is none, or not with this email.
 * @throws Refused `RateLimited` when a network asks too often, or when too many have been wrong about one code.
 */
export async function findByCode(
  { store, guests, rateLimiter, configuration }: Services,
  identity: Identity,
  code: string,
  email: string,
): Promise<ReservationRow | null> {
  const address = identity.kind === 'service' ? identity.service : networkOf(identity.address);
  const limit = { name: 'reservation-code', points: configuration.codeAttempts, seconds: 60 };
  const { allowed, retryAfter } = await rateLimiter.consume(limit, address);
  if (!allowed) throw tooManyCodes(retryAfter);
  const plain = normalCode(code).slice(0, 20);
  const found = await findReservationByCode(store.sql, plain);
  const owner = await findPerson(store.sql, found?.userId ?? NOBODY);
  const guest = guests.open(found?.guest ?? null);
  const right = [guest?.email, owner?.email].map((known) =>
    sameText(normalEmailAddress(known ?? ''), normalEmailAddress(email)),
  );
  const known = found?.day && right.includes(true) ? found : null;
  // Whoever has learnt a code is not to find out its email from everywhere.
  const perCode = { ...limit, name: 'reservation-code-owner', points: configuration.codeAttempts * 10 };
  const everybody = await rateLimiter.consume(perCode, plain, known ? 0 : 1);
  if (!everybody.allowed) throw tooManyCodes(everybody.retryAfter);
  return known;
}

function tooManyCodes(retryAfter: number): Refused {
  return rateLimited(`Too many codes. Try again in ${retryAfter} s.`, retryAfter);
}

/** Whether two texts are the same and there is one, in the same time for all. */
function sameText(known: string, given: string): boolean {
  const [a, b] = [known, given].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a as Buffer, b as Buffer) && known !== '';
}
