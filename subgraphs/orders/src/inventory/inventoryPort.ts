import type { RefusalData } from '@foyer/platform';

/** What orders asks of inventory. Every call is idempotent by order, and throws SubgraphUnavailable without an answer. */
export interface InventoryPort {
  /** Takes the units of all lines out of sale for the order, or none. */
  hold(request: HoldRequest): Promise<HoldAnswer>;
  /** Turns the order's held units into sold ones. @returns null when they are, or the refusal. */
  confirm(orderId: string): Promise<RefusalData | null>;
  /** Gives the order's units back, held or sold; none can be held for it any more. */
  release(orderId: string, reason: string): Promise<void>;
  /** Gives sold units back, once per `returnId`. */
  returnUnits(request: ReturnRequest): Promise<void>;
}

/** Units of an offer. */
export interface Units {
  readonly offerId: string;
  readonly quantity: number;
}

/** Units to hold. */
export interface HoldRequest {
  readonly orderId: string;
  readonly personId: string;
  readonly lines: readonly Units[];
  readonly accessCode: string | null;
}

/** Held units with the prices that count, or the refusal. */
export type HoldAnswer =
  | { readonly refusal: RefusalData }
  | { readonly refusal: null; readonly expiresAt: Date; readonly lines: readonly HeldLine[] };

/** Held units of an offer. */
export interface HeldLine extends Units {
  readonly listingId: string;
  readonly name: string;
  /** Minor units. */
  readonly unitPrice: { readonly amount: number; readonly currency: string };
}

/** Units to give back. */
export interface ReturnRequest {
  readonly returnId: string;
  readonly orderId: string;
  readonly lines: readonly Units[];
}
