import type { Book, HoldLine } from './book.js';
import { orderRefused } from './holdRefused.js';
import { refuseClosed, refuseTaking } from './refuseLines.js';
import type { HoldRefused, LineRequest } from './requests.js';
import type { Rules } from './rules.js';
import { offerWaitlist } from './tables/offerWaitlist.js';
import { planSeating, SPARE_ALL, type SeatingWish } from './tables/planSeating.js';
import { takeBackExpired } from './takeBackExpired.js';

/** Lines that an order wants. */
export interface LinesWish extends Pick<SeatingWish, 'spare'> {
  readonly orderId: string;
  readonly personId: string;
  readonly lines: readonly LineRequest[];
  readonly accessCode: string | null;
  /** Spares a table what staff may judge. */
  readonly byStaff?: boolean;
}

/** The lines as the order would get them, at present prices, or why it can't have them. No unit is taken. */
export function planLines(book: Book, rules: Rules, wish: LinesWish): readonly HoldLine[] | HoldRefused {
  const { personId, lines, accessCode } = wish;
  for (const { offerId, seating } of lines) {
    const offer = book.offers.get(offerId);
    if (!offer) return { ...orderRefused('NOT_FOUND', 'There is no such offer.'), offerId };
    if ((offer.kind === 'TABLE') !== (seating !== undefined)) {
      const message = 'Say of a table when it is wanted (`seating`), and of nothing else.';
      return { ...orderRefused('INVALID_INPUT', message), offerId };
    }
    if (seating) continue;
    const refused = refuseClosed(book, rules, offer, accessCode);
    if (refused) return refused;
  }
  const [first] = lines;
  if (first?.seating) return planTable(book, rules, wish, { ...first, seating: first.seating });
  return (
    refuseTaking(book, rules, personId, lines) ??
    lines.map(({ offerId, quantity }) => {
      return { offerId, quantity, unitPrice: book.offer(offerId).price, returned: 0, seating: null };
    })
  );
}

function planTable(
  book: Book,
  rules: Rules,
  { orderId, personId, lines, byStaff = false, spare }: LinesWish,
  line: SeatingWish['line'],
): readonly HoldLine[] | HoldRefused {
  if (lines.length > 1) return orderRefused('INVALID_INPUT', 'An order is for one table at one time.');
  const wish = { orderId, personId, line, spare: byStaff ? SPARE_ALL : spare };
  let seating = planSeating(book, wish);
  if ('code' in seating) {
    // What runs out now goes to the line first.
    takeBackExpired(book);
    offerWaitlist(book, rules);
    seating = planSeating(book, wish);
  }
  if ('code' in seating) return seating;
  const { price } = book.offer(seating.offerId);
  return [{ offerId: seating.offerId, quantity: line.quantity, unitPrice: price, returned: 0, seating }];
}
