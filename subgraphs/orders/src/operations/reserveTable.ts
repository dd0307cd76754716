import { InputCheck, isId, notFound, type Money } from '@foyer/platform';
import { checkGuest, type GuestInput } from '../domain/guest.js';
import { hashInput } from '../domain/hashInput.js';
import { checkTableWish, type TableWishInput } from '../domain/tableWish.js';
import { checkPayer } from './checkPayer.js';
import { guestFor } from './guestFor.js';
import { reserve } from './reserve.js';
import type { Services } from './services.js';

/** A table that somebody with an account wants. */
export interface ReserveTableInput extends TableWishInput {
  readonly idempotencyKey: string;
  readonly restaurantId: string;
  /** The deposit that the guest saw; absent: none. */
  readonly expectedDeposit?: Money | null | undefined;
  readonly paymentProvider?: string | null | undefined;
  /** Whom it is for; absent: the account itself. */
  readonly guest?: GuestInput | null | undefined;
}

/** Reserves a table for whoever is signed in. @returns the reservation's id. @throws Refused as `reserve`. */
export async function reserveTable(
  services: Services,
  userId: string,
  input: ReserveTableInput,
): Promise<string> {
  const check = new InputCheck().text(input.idempotencyKey, 'input.idempotencyKey', 100);
  const wish = checkTableWish(check, input);
  const payer = checkPayer(check, input);
  const named = input.guest ? checkGuest(check, input.guest) : null;
  check.done();
  const restaurantId = input.restaurantId.toLowerCase();
  if (!isId(restaurantId)) throw notFound('restaurant', input.restaurantId);
  return reserve(services, {
    personId: userId,
    idempotencyKey: input.idempotencyKey.trim(),
    inputHash: hashInput({ restaurantId, ...wish, ...payer, named }),
    restaurantId,
    wish,
    guestOf: ({ person }) => guestFor(named, person),
    payer,
    walkIn: false,
    waitlistEntryId: null,
  });
}
