import type { AvailabilityState } from './availabilityState.js';

/** What an order asks of one offer. */
export interface LineRequest {
  readonly offerId: string;
  readonly quantity: number;
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

/** Takes back what has run out, and tells states that time has changed. */
export interface TidyRequest {
  readonly kind: 'tidy';
}

/** A request that is decided under the locks of one listing's offers. */
export type GroupRequest = HoldRequest | ConfirmRequest | ReleaseRequest | ReturnRequest | TidyRequest;

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
  | 'INVALID_INPUT';

/** The refusal of a hold or of a confirmation. */
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
}

/** The units of an order are held. */
export interface OffersHeld {
  readonly __typename: 'OffersHeld';
  readonly orderId: string;
  readonly expiresAt: Date;
  readonly lines: readonly {
    readonly offerId: string;
    readonly listingId: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: { readonly amount: number; readonly currency: string };
  }[];
}

/** The units of an order are sold. */
export interface HoldConfirmed {
  readonly __typename: 'HoldConfirmed';
  readonly orderId: string;
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
export type GroupAnswer = OffersHeld | HoldRefused | HoldConfirmed | HoldReleased | UnitsReturned | null;
