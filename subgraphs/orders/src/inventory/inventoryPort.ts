import type { RefusalData } from '@foyer/platform';

/** What orders asks of inventory. Every call is idempotent by order, and throws SubgraphUnavailable without an answer. */
export interface InventoryPort {
  /** Takes the units of all lines out of sale for the order, or none. */
  hold(request: HoldRequest): Promise<HoldAnswer>;
  /** Holds for the order what a restaurant's line has offered a party. */
  takeWaitlistOffer(request: TakeRequest): Promise<HoldAnswer>;
  /** Takes a party out of a restaurant's line, with what is held for it. @returns null when it is, or the refusal. */
  leaveWaitlist(request: LeaveRequest): Promise<RefusalData | null>;
  /** Gives the order another table for the one it has, or leaves it that one. Idempotent by the change. */
  change(request: ChangeRequest): Promise<LinesAnswer>;
  /** Turns the order's held units into sold ones. */
  confirm(orderId: string): Promise<LinesAnswer>;
  /** Gives the order's units back, held or sold; none can be held for it any more. */
  release(orderId: string, reason: string): Promise<void>;
  /** Gives sold units back, once per `returnId`. */
  returnUnits(request: ReturnRequest): Promise<void>;
}

/** Units of an offer. */
export interface Units {
  readonly offerId: string;
  /** Of a table: the size of the party. */
  readonly quantity: number;
  /** Of a table: when, and other areas that would do, in order of preference. */
  readonly seating?: {
    /** RFC 3339. */
    readonly startsAt: string;
    readonly anyOf: readonly string[];
  };
}

/** Units to hold. */
export interface HoldRequest {
  readonly orderId: string;
  readonly personId: string;
  readonly lines: readonly Units[];
  readonly accessCode: string | null;
  /** Staff seat a guest: opening hours, notice, horizon and party limits are theirs to judge. */
  readonly byStaff: boolean;
}

/** An offer of a restaurant's line to be taken. */
export interface TakeRequest {
  readonly entryId: string;
  readonly orderId: string;
  readonly personId: string;
}

/** A place in a restaurant's line to be left. */
export interface LeaveRequest {
  readonly entryId: string;
  readonly personId: string;
}

/** What an order is to have. */
export interface ChangeRequest {
  readonly changeId: string;
  readonly orderId: string;
  readonly lines: readonly Units[];
  readonly byStaff: boolean;
}

/** All that the order has now, or the refusal: it has what it had. */
export type LinesAnswer =
  { readonly refusal: RefusalData } | { readonly refusal: null; readonly lines: readonly HeldLine[] };

/** Held units with the prices that count, or the refusal. */
export type HoldAnswer =
  | { readonly refusal: RefusalData }
  | { readonly refusal: null; readonly expiresAt: Date; readonly lines: readonly HeldLine[] };

/** Held units of an offer. */
export interface HeldLine {
  readonly offerId: string;
  readonly quantity: number;
  readonly listingId: string;
  readonly name: string;
  /** Minor units. */
  readonly unitPrice: { readonly amount: number; readonly currency: string };
  /** Of a table; null otherwise. */
  readonly seating: HeldSeating | null;
}

/** A party's place. */
export interface HeldSeating {
  /** RFC 3339. */
  readonly startsAt: string;
  /** RFC 3339. */
  readonly endsAt: string;
  /** The restaurant's day that it belongs to, `2026-12-24`. */
  readonly date: string;
  /** Names of its tables; none where only seats count. */
  readonly tables: readonly string[];
}

/** Units to give back. */
export interface ReturnRequest {
  readonly returnId: string;
  readonly orderId: string;
  readonly lines: readonly Units[];
}
