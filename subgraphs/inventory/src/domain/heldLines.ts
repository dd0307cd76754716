import type { Book, Hold } from './book.js';
import type { HeldLineAnswer } from './requests.js';

/** What an order has, as others are told of it. */
export function heldLines(book: Book, { lines, listingId }: Hold): readonly HeldLineAnswer[] {
  return lines.map(({ offerId, quantity, unitPrice, seating }) => {
    const { name, currency } = book.offer(offerId);
    return {
      offerId,
      listingId,
      name,
      quantity,
      unitPrice: { amount: unitPrice, currency },
      seating: seating && {
        startsAt: new Date(seating.startsAt),
        endsAt: new Date(seating.endsAt),
        day: seating.day,
        // One that the restaurant has done away with has no name any more.
        tables: seating.tables.map((id) => ({
          id,
          name: book.tables.restaurant(listingId).tableNames.get(id) ?? '',
        })),
      },
    };
  });
}
