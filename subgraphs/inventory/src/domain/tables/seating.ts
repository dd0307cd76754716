/** A party's place in time: what a line of a table offer takes. */
export interface Seating {
  readonly orderId: string;
  /** The area. */
  readonly offerId: string;
  readonly listingId: string;
  readonly personId: string;
  /** The restaurant's day that it belongs to. */
  readonly day: string;
  /** Milliseconds since 1970; `endsAt` is not part of it. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly partySize: number;
  /** None in an area of seats alone. */
  readonly tables: readonly string[];
}

/** Whether a seating takes part of a time. */
export function overlaps(
  { startsAt, endsAt }: Pick<Seating, 'startsAt' | 'endsAt'>,
  from: number,
  until: number,
): boolean {
  return startsAt < until && endsAt > from;
}
