import type { AvailabilityState } from './availabilityState.js';

/** What an order asks of one offer. */
export interface LineRequest {
  readonly offerId: string;
  /** Of a table: the size of the party. */
  readonly quantity: number;
  /** When; of a table, and of nothing else. */
  readonly seating?: SeatingRequest;
}

/** When a table is wanted. */
export interface SeatingRequest {
  readonly startsAt: Date;
  /** Other offers of the restaurant that would do too, in order of preference after the line's own. */
  readonly anyOf: readonly string[];
}

/** What every request carries. */
interface Correlated {
  /** Shared by everything that one request caused; null when nobody knows. */
  readonly correlationId: string | null;
}

/** Takes all lines of an order out of sale, or none. */
export interface HoldRequest extends Correlated {
  readonly kind: 'hold';
  readonly orderId: string;
  readonly personId: string;
  readonly lines: readonly LineRequest[];
  /** Null: none was given. */
  readonly accessCode: string | null;
  /** Whether staff seat a guest: opening hours, notice and limits are theirs to judge. Default: no. */
  readonly byStaff?: boolean;
}

/** Turns an order's held units into sold ones. */
export interface ConfirmRequest extends Correlated {
  readonly kind: 'confirm';
  readonly orderId: string;
}

/** Gives an order's units back, held or sold. */
export interface ReleaseRequest extends Correlated {
  readonly kind: 'release';
  readonly orderId: string;
}

/** Gives single sold units back. */
export interface ReturnRequest extends Correlated {
  readonly kind: 'return';
  readonly returnId: string;
  readonly orderId: string;
  readonly lines: readonly LineRequest[];
}

/** Gives an order other lines for those it has, or leaves it as it is. */
export interface ChangeRequest extends Correlated {
  readonly kind: 'change';
  readonly changeId: string;
  readonly orderId: string;
  readonly lines: readonly LineRequest[];
  /** As for a hold. */
  readonly byStaff?: boolean;
}

/** Takes tables or seats of an area out of sale for a time, for reasons of the restaurant's own. */
export interface BlockRequest extends Correlated {
  readonly kind: 'block';
  /** Also the id of its hold. */
  readonly blockId: string;
  readonly listingId: string;
  readonly areaId: string;
  readonly tables: readonly string[];
  /** Of an area of seats alone; of tables, what they have. */
  readonly seats: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
  /** Who of the restaurant did it. */
  readonly userId: string;
}

/** Puts a party in a restaurant's line. */
export interface JoinRequest extends Correlated {
  readonly kind: 'join';
  readonly entryId: string;
  readonly listingId: string;
  readonly personId: string;
  readonly partySize: number;
  /** Areas that would do, in order of preference; none: any. */
  readonly areaIds: readonly string[];
  /** Any beginning from here to there, both included. */
  readonly from: Date;
  readonly until: Date;
}

/** Takes a party out of the line; a table that is offered to it goes to the next. */
export interface LeaveRequest extends Correlated {
  readonly kind: 'leave';
  readonly entryId: string;
  readonly listingId: string;
  readonly personId: string;
}

/** Holds for an order what the line has offered. */
export interface TakeRequest extends Correlated {
  readonly kind: 'take';
  readonly entryId: string;
  readonly listingId: string;
  readonly orderId: string;
  readonly personId: string;
}

/** Takes back what has run out, and tells states that time has changed. */
export interface TidyRequest {
  readonly kind: 'tidy';
}

/** A request that is decided under the locks of one listing's offers. */
export type GroupRequest =
  | HoldRequest
  | ConfirmRequest
  | ReleaseRequest
  | ReturnRequest
  | ChangeRequest
  | BlockRequest
  | JoinRequest
  | LeaveRequest
  | TakeRequest
  | TidyRequest;

/** Why an order can't have its units. */
export type HoldRefusalCode =
  | 'SOLD_OUT'
  | 'HELD'
  | 'LIMIT_EXCEEDED'
  | 'PAUSED'
  | 'NOT_ON_SALE'
  | 'SALE_ENDED'
  | 'ACCESS_CODE_NEEDED'
  | 'MAXIMUM_ATTENDEES'
  | 'NOT_FOUND'
  | 'MIXED_LISTINGS'
  | 'RELEASED'
  | 'INVALID_INPUT'
  | 'OUTSIDE_HOURS'
  | 'PARTY_SIZE'
  | 'OVERLAPPING'
  | 'LAPSED';

/** A table that somebody wanted: what to look for other times by. */
export interface TableWish {
  readonly listingId: string;
  /** The order that it was for; its own seating is in nobody's way. */
  readonly orderId: string;
  readonly personId: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly partySize: number;
  /** Areas that would do; none: any. */
  readonly offerIds: readonly string[];
}

/** The refusal of a hold, of a change or of a confirmation. */
export interface HoldRefused {
  readonly __typename: 'HoldRefused';
  readonly code: HoldRefusalCode;
  readonly message: string;
  /** The offer that stood in the way; null when it was the order as a whole. */
  readonly offerId: string | null;
  /** Units that this person could have now; null when that is not the question. */
  readonly available: number | null;
  /** The offer's state; null when there is no offer in question. */
  readonly state: AvailabilityState | null;
  /** The table in question; null when it was about none. */
  readonly wish: TableWish | null;
}

/** Units of an offer that an order has. */
export interface HeldLineAnswer {
  readonly offerId: string;
  readonly listingId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: { readonly amount: number; readonly currency: string };
  /** Of a table; null for everything else. */
  readonly seating: {
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly day: string;
    readonly tables: readonly { readonly id: string; readonly name: string }[];
  } | null;
}

/** The units of an order are held. */
export interface OffersHeld {
  readonly __typename: 'OffersHeld';
  readonly orderId: string;
  readonly expiresAt: Date;
  readonly lines: readonly HeldLineAnswer[];
}

/** The order has these lines now. */
export interface HoldChanged {
  readonly __typename: 'HoldChanged';
  readonly orderId: string;
  readonly changeId: string;
  readonly lines: readonly HeldLineAnswer[];
}

/** The tables or seats are out of sale. */
export interface SeatsBlocked {
  readonly __typename: 'SeatsBlocked';
  readonly blockId: string;
}

/** The tables or seats can't be blocked: they are taken, or there are none such. */
export interface BlockRefused {
  readonly __typename: 'BlockRefused';
  readonly code: 'TABLES_TAKEN' | 'NOT_FOUND' | 'INVALID_INPUT';
  readonly message: string;
}

/** The party is not in line: what it wants can be had, or can't ever be. */
export interface WaitlistRefused {
  readonly __typename: 'WaitlistRefused';
  readonly code: 'TABLE_FREE' | 'ALREADY_WAITING' | 'WAITLIST_FULL' | HoldRefusalCode;
  readonly message: string;
  readonly wish: TableWish | null;
}

/** How a party's place in line stands. */
export interface WaitlistJoined {
  readonly __typename: 'WaitlistJoined';
  readonly entryId: string;
}

/** The units of an order are sold. */
export interface HoldConfirmed {
  readonly __typename: 'HoldConfirmed';
  readonly orderId: string;
  readonly lines: readonly HeldLineAnswer[];
}

/** Nothing is held or sold for the order, now or ever again. */
export interface HoldReleased {
  readonly __typename: 'HoldReleased';
  readonly orderId: string;
}

/** The units are back. */
export interface UnitsReturned {
  readonly __typename: 'UnitsReturned';
  readonly returnId: string;
}

/** What became of a request. */
export type GroupAnswer =
  | OffersHeld
  | HoldRefused
  | HoldConfirmed
  | HoldReleased
  | HoldChanged
  | UnitsReturned
  | SeatsBlocked
  | BlockRefused
  | WaitlistJoined
  | WaitlistRefused
  | null;
