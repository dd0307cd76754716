import type { SaleState } from './saleState.js';

/** How the line of an event stands. */
export interface Queue {
  readonly eventId: string;
  readonly organizationId: string;
  /** Whether catalog shows the event and has a waiting room before it. */
  readonly published: boolean;
  readonly cancelled: boolean;
  readonly saleStartsAt: Date;
  readonly saleEndsAt: Date;
  readonly configuredMaximum: number;
  readonly configuredRate: number;
  /** N: the most people in checkout at once. */
  readonly maximumInCheckout: number;
  /** M: the most admissions in any minute. */
  readonly admissionsPerMinute: number;
  /** When an operator opened it before its time; null: never. */
  readonly openedAt: Date | null;
  readonly paused: boolean;
  readonly saleState: SaleState;
  /** 32 random bytes; secret until the draw. */
  readonly seed: Buffer;
  /** Number of the DRAWN row; null before the draw. */
  readonly drawnSeq: number | null;
  readonly drawnAt: Date | null;
  /** How many took part in the draw. */
  readonly drawnCount: number | null;
  readonly entriesHash: Buffer | null;
  /** Number of the log's last row. */
  readonly lastSeq: number;
  readonly waiting: number;
  readonly placesTaken: number;
  /** Of these, places whose admission no order has spent. */
  readonly unspent: number;
  /** Pacing: no admission before this. */
  readonly pacedUntil: Date;
  /** Whether all whom the present state of the sale ends have been ended. */
  readonly endingDone: boolean;
  /** Nothing can happen in this line any more, unless catalog says otherwise. */
  readonly settled: boolean;
}
