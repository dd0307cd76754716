import { InputCheck, isId, notFound, type Money } from '@foyer/platform';
import { checkGuest, type GuestInput } from '../domain/guest.js';
import { hashInput } from '../domain/hashInput.js';
import { findKey } from '../store/findKey.js';
import { findWaitlistOffer } from '../store/waitlistOffers.js';
import { answerAgain } from './answerAgain.js';
import { checkPayer } from './checkPayer.js';
import { guestFor } from './guestFor.js';
import { reserve } from './reserve.js';
import type { Services } from './services.js';

/** An offer of a restaurant's line to be taken. */
export interface AcceptWaitlistOfferInput {
  readonly idempotencyKey: string;
  readonly entryId: string;
  readonly expectedDeposit?: Money | null | undefined;
  readonly paymentProvider?: string | null | undefined;
  readonly guest?: GuestInput | null | undefined;
  readonly specialRequests?: string | null | undefined;
}

/**
 * Reserves the table that a restaurant's line holds for whoever is signed in.
 * @returns the reservation's id.
 * @throws Refused when nothing is offered to this place in line, or the offer has lapsed.
 */
export async function acceptWaitlistOffer(
  services: Services,
  userId: string,
  input: AcceptWaitlistOfferInput,
): Promise<string> {
  const { sql } = services.store;
  const idempotencyKey = input.idempotencyKey.trim();
  const specialRequests = input.specialRequests?.trim() ?? '';
  const check = new InputCheck()
    .text(idempotencyKey, 'input.idempotencyKey', 100)
    .optionalText(specialRequests, 'input.specialRequests', 1000);
  const payer = checkPayer(check, input);
  const named = input.guest ? checkGuest(check, input.guest) : null;
  check.done();
  const entryId = input.entryId.toLowerCase();
  const inputHash = hashInput({ entryId, specialRequests, ...payer, named });
  const offer = isId(entryId) ? await findWaitlistOffer(sql, entryId, userId) : null;
  if (!offer) {
    const key = await findKey(sql, userId, 'reserveTable', idempotencyKey);
    if (key) return answerAgain(services, key, inputHash);
    throw notFound('offer of the line', input.entryId);
  }
  const { restaurantId, areaId, startsAt, partySize } = offer;
  return reserve(services, {
    personId: userId,
    idempotencyKey,
    inputHash,
    restaurantId,
    wish: { startsAt, partySize, areaIds: [areaId], specialRequests },
    guestOf: ({ person }) => guestFor(named, person),
    payer,
    walkIn: false,
    waitlistEntryId: entryId,
  });
}
