import { Book, type BookContent, type Listing, type Offer } from './book.js';
import type { Rules } from './rules.js';
import { NO_TABLES } from './tables/tableBook.js';

/** The instant at which tests of rules take place. */
export const NOW = new Date('2026-06-01T12:00:00Z');

/** The rules by default. */
export const RULES: Rules = { holdSeconds: 900, waitlistOfferSeconds: 600, lowPercent: 10 };

/** An instant so many minutes from now. */
export function minutes(count: number): Date {
  return new Date(NOW.getTime() + count * 60_000);
}

/** A published listing that is on sale. */
export function listing(values: Partial<Listing> = {}): Listing {
  return {
    id: 'event',
    kind: 'EVENT',
    organizationId: 'organization',
    status: 'PUBLISHED',
    saleStartsAt: minutes(-60),
    saleEndsAt: minutes(60),
    maximumAttendees: 1000,
    free: false,
    currency: 'EUR',
    version: 1,
    ...values,
  };
}

/** An offer of it: ten, of which nothing is taken. */
export function offer(values: Partial<Offer> = {}): Offer {
  return {
    id: 'offer',
    kind: 'TICKET_CLASS',
    listingId: 'event',
    name: 'Standing',
    price: 1000,
    currency: 'EUR',
    total: 10,
    limitPerPerson: 4,
    saleStartsAt: null,
    saleEndsAt: null,
    paused: false,
    accessCodeHash: null,
    state: 'AVAILABLE',
    stateChangesAt: minutes(60),
    reserved: 0,
    sold: 0,
    ...values,
  };
}

/** A book of one listing and one offer, or of what is given. */
export function book(content: Partial<BookContent> = {}): Book {
  return new Book({
    now: NOW,
    listings: [listing()],
    offers: [offer()],
    holds: [],
    tombstones: [],
    units: [],
    returns: [],
    tables: NO_TABLES,
    ...content,
  });
}
