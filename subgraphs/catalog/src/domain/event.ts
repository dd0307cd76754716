import type { EventStatus } from './eventStatus.js';

/** Where an event takes place. */
export interface Venue {
  readonly name: string;
  readonly address: string;
  readonly city: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** What an event is. */
export interface EventDetails {
  readonly name: string;
  readonly description: string;
  readonly venue: Venue;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly categories: readonly string[];
}

/** How an event is sold. */
export interface EventConfiguration {
  readonly saleStartsAt: Date;
  readonly saleEndsAt: Date;
  readonly free: boolean;
  readonly maximumAttendees: number;
  readonly visibility: 'PUBLIC' | 'PRIVATE';
  readonly waitroom: { readonly maximumInCheckout: number; readonly admissionsPerMinute: number } | null;
  readonly cancellableUntil: Date | null;
  readonly trending: boolean;
}

/** An event listing. */
export interface EventListing extends EventDetails {
  readonly id: string;
  readonly organizationId: string;
  readonly status: EventStatus;
  readonly cancellationReason: string | null;
  /** null until configured. */
  readonly configuration: EventConfiguration | null;
  readonly publishedAt: Date | null;
}
