/** WAITING → OFFERED → TAKEN | LAPSED; WAITING | OFFERED → LEFT; WAITING → ENDED (what it waited for is past). */
export type WaitlistState = 'WAITING' | 'OFFERED' | 'TAKEN' | 'LAPSED' | 'LEFT' | 'ENDED';

/** A party's place in a restaurant's line. */
export interface WaitlistEntry {
  readonly id: string;
  readonly listingId: string;
  readonly personId: string;
  /** Its place in the restaurant's line: the lower, the earlier it came. */
  readonly place: number;
  readonly partySize: number;
  /** Areas that would do, in order of preference. */
  readonly offerIds: readonly string[];
  /** Any beginning from here to there, both included; milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  state: WaitlistState;
  /** Under which a table is, or was, held for it; null until one came free. */
  holdOrderId: string | null;
  /** How many events tell of it: the version of the last one. */
  told: number;
}

/** Something that others are told of a waitlist entry. */
export interface WaitlistNotice {
  readonly kind: 'offered' | 'lapsed' | 'left';
  readonly entry: WaitlistEntry;
  /** Of the hold that it is about; null for `left`. */
  readonly holdOrderId: string | null;
  readonly version: number;
  readonly correlationId: string | null;
}
