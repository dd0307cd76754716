import { matchesAccessCode } from './accessCode.js';
import { closedState, roomOf } from './availabilityState.js';
import type { Book, Offer } from './book.js';
import { offerRefused } from './holdRefused.js';
import type { HoldRefused, LineRequest } from './requests.js';
import type { Rules } from './rules.js';
import { takeBackExpired } from './takeBackExpired.js';

/** Why an offer can't be bought by whoever has this access code, counters aside; null when it can. */
export function refuseClosed(
  book: Book,
  rules: Rules,
  offer: Offer,
  accessCode: string | null,
): HoldRefused | null {
  if (offer.accessCodeHash !== null && !matchesAccessCode(accessCode, offer.accessCodeHash)) {
    const message = `"${offer.name}" needs the access code that the organizer gave out.`;
    return offerRefused(book, rules, offer, 'ACCESS_CODE_NEEDED', message, 0);
  }
  const closed = closedState(offer, book.listing(offer.listingId), book.now);
  if (closed === null) return null;
  const messages = {
    PAUSED: `The sale of "${offer.name}" is paused. Try again later.`,
    NOT_ON_SALE: `"${offer.name}" is not on sale yet.`,
    SALE_ENDED: `The sale of "${offer.name}" is over.`,
  };
  return offerRefused(book, rules, offer, closed, messages[closed], 0);
}

/**
 * Why a person can't have these units by limits and counters; null when all of them can be had. Where too little is
 * found, the holds that have run out are taken back, and it is looked again.
 */
export function refuseTaking(
  book: Book,
  rules: Rules,
  personId: string,
  lines: readonly LineRequest[],
): HoldRefused | null {
  if (!refuseLines(book, rules, personId, lines)) return null;
  takeBackExpired(book);
  return refuseLines(book, rules, personId, lines);
}

function refuseLines(
  book: Book,
  rules: Rules,
  personId: string,
  lines: readonly LineRequest[],
): HoldRefused | null {
  for (const { offerId, quantity } of lines) {
    const offer = book.offer(offerId);
    const refused =
      refuseLimit(book, rules, offer, personId, quantity) ?? refuseCount(book, rules, offer, quantity);
    if (refused) return refused;
  }
  return refuseAttendees(book, rules, lines);
}

function refuseLimit(
  book: Book,
  rules: Rules,
  offer: Offer,
  personId: string,
  quantity: number,
): HoldRefused | null {
  const left = offer.limitPerPerson - book.unitsOf(offer.id, personId);
  if (quantity <= left) return null;
  const message = `One person can have ${offer.limitPerPerson} of "${offer.name}"; ${Math.max(0, left)} more for you.`;
  return offerRefused(book, rules, offer, 'LIMIT_EXCEEDED', message, left);
}

function refuseCount(book: Book, rules: Rules, offer: Offer, quantity: number): HoldRefused | null {
  const { total, reserved, sold, name } = offer;
  const free = total - reserved - sold;
  if (quantity <= free) return null;
  return quantity > total - sold
    ? offerRefused(
        book,
        rules,
        offer,
        'SOLD_OUT',
        `${free === 0 ? 'Nothing' : `No more than ${free}`} of "${name}" is left.`,
        free,
      )
    : offerRefused(
        book,
        rules,
        offer,
        'HELD',
        `The rest of "${name}" is held by others, and may come back. Try again.`,
        free,
      );
}

function refuseAttendees(book: Book, rules: Rules, lines: readonly LineRequest[]): HoldRefused | null {
  const [first] = lines;
  if (first === undefined) return null;
  const offer = book.offer(first.offerId);
  const { now } = roomOf(book.listing(offer.listingId), book.offersOf(offer.listingId));
  const wanted = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (wanted <= now) return null;
  const message = `The event has room for ${Math.max(0, now)} more people at this moment.`;
  return offerRefused(book, rules, offer, 'MAXIMUM_ATTENDEES', message, now);
}
