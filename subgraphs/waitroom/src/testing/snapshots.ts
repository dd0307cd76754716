import type { EventSnapshot, OfferSnapshot } from '@foyer/kafka';
import { newId } from '@foyer/platform';

/** What a test says of an event. */
export interface TestEventOptions {
  readonly eventId?: string;
  readonly version?: number;
  readonly maximumInCheckout?: number;
  readonly admissionsPerMinute?: number;
  /** Seconds from now. */
  readonly saleStarts?: number;
  readonly saleEnds?: number;
  readonly status?: EventSnapshot['status'];
  readonly waitroom?: boolean;
}

/** An event with a waiting room, as catalog tells of it. */
export function eventSnapshot(organizationId: string, given: TestEventOptions = {}): EventSnapshot {
  const {
    eventId = newId(),
    maximumInCheckout = 1,
    admissionsPerMinute = 60_000,
    status = 'PUBLISHED',
  } = given;
  const { saleStarts = -60, saleEnds = 30 * 24 * 60 * 60, waitroom = true } = given;
  const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
  return {
    eventId,
    organizationId,
    name: 'Night of Lights',
    status,
    venue: { name: 'Hall', address: 'Street 1', city: 'Berlin', timeZone: 'Europe/Berlin' },
    startsAt: at(saleEnds + 60),
    endsAt: at(saleEnds + 7200),
    configuration: {
      saleStartsAt: at(saleStarts),
      saleEndsAt: at(saleEnds),
      free: false,
      maximumAttendees: 1000,
      visibility: 'PUBLIC',
      waitroom: waitroom ? { maximumInCheckout, admissionsPerMinute } : null,
      cancellableUntil: null,
      trending: false,
    },
  };
}

/** A ticket class, as inventory tells of it. */
export function offerSnapshot(eventId: string, organizationId: string): OfferSnapshot {
  return {
    offerId: newId(),
    kind: 'TICKET_CLASS',
    listingId: eventId,
    organizationId,
    name: 'Standing',
    price: { amount: 2500, currency: 'EUR' },
    total: 1000,
    limitPerPerson: 4,
    saleStartsAt: null,
    saleEndsAt: null,
    paused: false,
    hidden: false,
  };
}
