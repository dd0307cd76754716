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
          causation: {},
        }),
      ),
  ];
}

const DEFINITIONS = { confirmed: InventoryConfirmed, released: InventoryReleased, expired: InventoryExpired } as const;

function noticeEvent({ kind, hold, lines: ofNotice, correlationId }: HoldNotice): OutboxEvent {
  const { orderId: aggregateId, listingId, expiresAt } = hold;
  const lines = ofNotice.map(({ offerId, quantity }) => ({ offerId, listingId, quantity }));
  // Said here: a group is decided on behalf of many, whoever happened to come first.
  const causation = correlationId === null ? {} : { correlationId };
  return kind === 'held'
    ? outboxEvent(InventoryHeld, {
        aggregateId,
        data: { orderId: aggregateId, lines, expiresAt: expiresAt.toISOString() },
        causation,
      })
    : outboxEvent(DEFINITIONS[kind], { aggregateId, data: { orderId: aggregateId, lines }, causation });
}
