import { widen } from './cells.js';
import { overlaps, type Seating } from './seating.js';

/** What is taken at a restaurant during a time. */
export interface Occupancy {
  /** Tables that are taken at any moment of it. */
  readonly tables: ReadonlySet<string>;
  /** The most seats of an area of seats alone that are taken at any moment of it. */
  seatsTaken(areaId: string): number;
}

/** What these seatings take during a time. */
export function occupancyOf(seatings: Iterable<Seating>, from: number, until: number): Occupancy {
  const tables = new Set<string>();
  const bySeats: Seating[] = [];
  const [first, end] = widen(from, until);
  for (const seating of seatings) {
    if (seating.tables.length === 0) {
      const [startsAt, endsAt] = widen(seating.startsAt, seating.endsAt);
      if (overlaps({ startsAt, endsAt }, first, end)) bySeats.push(seating);
    } else if (overlaps(seating, from, until)) {
      for (const table of seating.tables) tables.add(table);
    }
  }
  return {
    tables,
    seatsTaken: (areaId) =>
      mostSeats(
        bySeats.filter(({ offerId }) => offerId === areaId),
        first,
      ),
  };
}

/** The most seats taken at once: it is reached where one of the seatings begins, or at the beginning. */
function mostSeats(seatings: readonly Seating[], first: number): number {
  const spans = seatings.map(({ startsAt, endsAt, partySize }) => {
    const [from, until] = widen(startsAt, endsAt);
    return { from: Math.max(from, first), until, partySize };
  });
  let most = 0;
  for (const moment of new Set(spans.map(({ from }) => from))) {
    const taken = spans.reduce(
      (sum, { from, until, partySize }) => sum + (from <= moment && moment < until ? partySize : 0),
      0,
    );
    most = Math.max(most, taken);
  }
  return most;
}
