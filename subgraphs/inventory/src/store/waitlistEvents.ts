import { invariant } from '@foyer/platform';
import { WaitlistLapsed, WaitlistLeft, WaitlistOffered, type CountedEvent } from '@foyer/kafka';
import type { Book } from '../domain/book.js';
import type { WaitlistNotice } from '../domain/tables/waitlistEntry.js';

/** What others are told of waitlists, in the order of the decisions. */
export function waitlistEvents(book: Book): readonly CountedEvent[] {
  return book.tables.notices.map((notice) => noticeEvent(book, notice));
}

function noticeEvent(book: Book, notice: WaitlistNotice): CountedEvent {
  const { kind, entry, holdOrderId, version, correlationId } = notice;
  const waiting = {
    entryId: entry.id,
    userId: entry.personId,
    restaurantId: entry.listingId,
    partySize: entry.partySize,
  };
  const counted = {
    aggregateId: entry.id,
    aggregateVersion: version,
    causation: correlationId === null ? {} : { correlationId },
  };
  if (kind === 'left') return { ...counted, definition: WaitlistLeft, data: waiting };
  const hold = book.holds.get(holdOrderId ?? '');
  const seating = hold?.lines[0]?.seating;
  invariant(hold && seating, `entry ${entry.id} was offered nothing`);
  const data = {
    ...waiting,
    areaId: seating.offerId,
    startsAt: new Date(seating.startsAt).toISOString(),
    endsAt: new Date(seating.endsAt).toISOString(),
    holdOrderId: hold.orderId,
    expiresAt: hold.expiresAt.toISOString(),
  };
  return { ...counted, definition: kind === 'offered' ? WaitlistOffered : WaitlistLapsed, data };
}
