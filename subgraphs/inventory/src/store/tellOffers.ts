import { outboxEvent, type OfferCreated, type OfferUpdated, type OutboxEvent } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import { takeBackExpired } from '../domain/takeBackExpired.js';
import { decideBook, type BookPorts } from './changeBook.js';
import { offerSnapshot } from './offerSnapshot.js';

/** An offer that was made or changed, and the event that tells of it. */
export interface ToldOffer {
  readonly offerId: string;
  readonly definition: typeof OfferCreated | typeof OfferUpdated;
}

/**
 * Ends a change of offers or of their listing under the locks that the caller has taken: takes back what has run out,
 * judges every state anew, and gives what others are to be told.
 */
export async function tellOffers(
  sql: SqlTransaction,
  ports: BookPorts,
  listingId: string,
  told: readonly ToldOffer[],
): Promise<readonly OutboxEvent[]> {
  const { result, events } = await decideBook(
    sql,
    ports,
    { listingIds: [listingId], requests: [] },
    (book) => {
      takeBackExpired(book);
      return told.map(({ offerId, definition }) =>
        outboxEvent(definition, {
          aggregateId: offerId,
          data: offerSnapshot(book.offer(offerId), book.listing(listingId)),
        }),
      );
    },
  );
  return [...result, ...events];
}
