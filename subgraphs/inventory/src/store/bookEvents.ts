import {
  AvailabilityChanged,
  InventoryChanged,
  InventoryConfirmed,
  InventoryExpired,
  InventoryHeld,
  InventoryReleased,
  outboxEvent,
  type CountedEvent,
  type LineSeating,
  type OutboxEvent,
} from '@foyer/kafka';
import type { Book, HoldNotice } from '../domain/book.js';
import type { BookChanges } from '../domain/bookChanges.js';
import type { Seating } from '../domain/tables/seating.js';

/** What others are told of holds, in the order of the decisions. */
export function holdEvents({ notices }: Book): readonly CountedEvent[] {
  return notices.map(noticeEvent);
}

/** What others are told of offers: states that have changed. */
export function offerEvents({ offers }: Pick<BookChanges, 'offers'>): readonly OutboxEvent[] {
  return offers
    .filter(({ offer, state }) => offer.state !== state)
    .map(({ offer: { id, listingId, total, reserved, sold }, state }) =>
      outboxEvent(AvailabilityChanged, {
        aggregateId: id,
        data: { offerId: id, listingId, state, total, reserved, sold },
        causation: {},
      }),
    );
}

const DEFINITIONS = {
  confirmed: InventoryConfirmed,
  released: InventoryReleased,
  expired: InventoryExpired,
  changed: InventoryChanged,
} as const;

function noticeEvent({ kind, hold, lines: ofNotice, version, correlationId }: HoldNotice): CountedEvent {
  const { orderId, listingId, expiresAt } = hold;
  const lines = ofNotice.map(({ offerId, quantity, seating }) => {
    return { offerId, listingId, quantity, ...(seating && { seating: seatingSnapshot(seating) }) };
  });
  return {
    definition: kind === 'held' ? InventoryHeld : DEFINITIONS[kind],
    aggregateId: orderId,
    aggregateVersion: version,
    data: kind === 'held' ? { orderId, lines, expiresAt: expiresAt.toISOString() } : { orderId, lines },
    // Said here: a group is decided on behalf of many, whoever happened to come first.
    causation: correlationId === null ? {} : { correlationId },
  };
}

function seatingSnapshot({ listingId, offerId, startsAt, endsAt, partySize }: Seating): LineSeating {
  return {
    restaurantId: listingId,
    areaId: offerId,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    partySize,
  };
}
