import { InputCheck, requireUser, type Identity } from '@foyer/platform';
import { checkGuest, type GuestInput } from '../domain/guest.js';
import { hashInput } from '../domain/hashInput.js';
import { checkTableWish, type TableWishInput } from '../domain/tableWish.js';
import { reserve } from './reserve.js';
import type { Services } from './services.js';
import { FLOOR, requireStaff } from './staffRights.js';

/** A party at the door. */
export interface WalkInInput extends Omit<TableWishInput, 'startsAt'> {
  readonly idempotencyKey: string;
  readonly restaurantId: string;
  readonly guest?: GuestInput | null | undefined;
}

const MINUTE = 60_000;

/**
 * Seats a party that stands at the door, from this minute on: for staff who receive guests.
 * @returns the reservation's id.
 * @throws Refused for strangers, wrong values, and where nothing is free.
 */
export async function walkIn(services: Services, identity: Identity, input: WalkInInput): Promise<string> {
  const { userId } = requireUser(identity);
  const restaurantId = await requireStaff(services, identity, input.restaurantId, FLOOR);
  const check = new InputCheck().text(input.idempotencyKey, 'input.idempotencyKey', 100);
  const startsAt = new Date(Math.floor(services.clock.now().getTime() / MINUTE) * MINUTE);
  const wish = checkTableWish(check, { ...input, startsAt });
  const guest = input.guest ? checkGuest(check, input.guest) : null;
  check.done();
  // The same call a minute later is still the same call.
  const { partySize, areaIds, specialRequests } = wish;
  return reserve(services, {
    personId: userId,
    idempotencyKey: input.idempotencyKey.trim(),
    inputHash: hashInput({ walkIn: true, restaurantId, partySize, areaIds, specialRequests, guest }),
    restaurantId,
    wish,
    guestOf: () => guest,
    payer: null,
    walkIn: true,
    waitlistEntryId: null,
  });
}
