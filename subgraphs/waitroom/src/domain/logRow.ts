import type { EndedReason, SaleState } from './saleState.js';

/** What a row of a queue's log tells. */
export const LOG_KINDS = [
  'CONFIGURED',
  'OPENED',
  'PAUSED',
  'RESUMED',
  'SALE_STATE',
  'JOINED',
  'DRAWN',
  'ADMITTED',
  'SPENT',
  'RETURNED',
  'COMPLETED',
  'EXPIRED',
  'LEFT',
  'FREED',
  'ENDED',
] as const;

/** What a row of a queue's log tells. */
export type LogKind = (typeof LOG_KINDS)[number];

/** What some kinds of rows carry besides. */
export interface LogDetail {
  /** CONFIGURED: N. */
  readonly maximumInCheckout?: number;
  /** CONFIGURED: M. */
  readonly admissionsPerMinute?: number;
  /** CONFIGURED: when the sale starts, RFC 3339. */
  readonly saleStartsAt?: string;
  /** SALE_STATE. */
  readonly state?: SaleState;
  /** ENDED. */
  readonly reason?: EndedReason;
  /** DRAWN: the seed, in hexadecimal; public from here on. */
  readonly seed?: string;
  /** DRAWN: how many took part. */
  readonly count?: number;
  /** DRAWN: hash of their ids, in hexadecimal. */
  readonly entriesHash?: string;
  /** RETURNED: the person is gone, so orders is asked once more to close the admission. */
  readonly closeAgain?: boolean;
}

/** A row of a queue's log. */
export interface LogRow {
  /** From 1, without gaps, in the order of the commits. */
  readonly seq: number;
  readonly kind: LogKind;
  /** null for what concerns the whole line. */
  readonly entryId: string | null;
  /** `seq` of the entry's JOINED row. */
  readonly entrySeq: number | null;
  /** What it does to the places taken: 1, -1 or 0. */
  readonly place: number;
  readonly detail: LogDetail | null;
  readonly at: Date;
}
