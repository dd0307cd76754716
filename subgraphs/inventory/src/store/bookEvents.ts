import {
  AvailabilityChanged,
  InventoryConfirmed,
  InventoryExpired,
  InventoryHeld,
  InventoryReleased,
  outboxEvent,
  type OutboxEvent,
} from '@foyer/kafka';
import type { Book, HoldNotice } from '../domain/book.js';
import type { BookChanges } from '../domain/bookChanges.js';

/** What others are told of a group's decisions, in the order of the decisions. */
export function bookEvents(book: Book, changes: BookChanges): readonly OutboxEvent[] {
  return [
    ...book.notices.map(noticeEvent),
    ...changes.offers
      .filter(({ offer, state }) => offer.state !== state)
      .map(({ offer: { id, listingId, total, reserved, sold }, state }) =>
        outboxEvent(AvailabilityChanged, {
          aggregateId: id,
          data: { offerId: id, listingId, state, total, reserved, sold },
        }),
      ),
  ];
}

const DEFINITIONS = { confirmed: InventoryConfirmed, released: InventoryReleased, expired: InventoryExpired } as const;

function noticeEvent({ kind, hold: { orderId, listingId, expiresAt }, lines: ofNotice }: HoldNotice): OutboxEvent {
  const lines = ofNotice.map(({ offerId, quantity }) => ({ offerId, listingId, quantity }));
  return kind === 'held'
    ? outboxEvent(InventoryHeld, { aggregateId: orderId, data: { orderId, lines, expiresAt: expiresAt.toISOString() } })
    : outboxEvent(DEFINITIONS[kind], { aggregateId: orderId, data: { orderId, lines } });
}
