import { InputCheck, requireUser, type Identity } from '@foyer/platform';
import { checkGuest, type GuestInput } from '../domain/guest.js';
import { hashInput } from '../domain/hashInput.js';
import { checkTableWish, type TableWishInput } from '../domain/tableWish.js';
import { reserve } from './reserve.js';
import type { Services } from './services.js';
import { BOOKERS, requireStaff } from './staffRights.js';

/** A table that staff book for somebody. */
export interface ReserveForGuestInput extends TableWishInput {
  readonly idempotencyKey: string;
  readonly restaurantId: string;
  readonly guest: GuestInput;
}

/**
 * Books a table for somebody who called, without a deposit; hours, notice and party limits are the staff's to judge.
 * @returns the reservation's id.
 * @throws Refused for strangers, wrong values, a time that is past, and where nothing is free.
 */
export async function reserveForGuest(
  services: Services,
  identity: Identity,
  input: ReserveForGuestInput,
): Promise<string> {
  const { userId } = requireUser(identity);
  const restaurantId = await requireStaff(services, identity, input.restaurantId, BOOKERS);
  const check = new InputCheck().text(input.idempotencyKey, 'input.idempotencyKey', 100);
  const wish = checkTableWish(check, input);
  check.require(
    input.startsAt > services.clock.now(),
    'input.startsAt',
    'PAST',
    'This time is past. Use walkIn for a party at the door.',
  );
  const guest = checkGuest(check, input.guest);
  check.done();
  return reserve(services, {
    personId: userId,
    idempotencyKey: input.idempotencyKey.trim(),
    inputHash: hashInput({ restaurantId, ...wish, guest }),
    restaurantId,
    wish,
    guestOf: () => guest,
    payer: null,
    walkIn: false,
    waitlistEntryId: null,
  });
}
