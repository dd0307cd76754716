import { widen } from './cells.js';
import { overlaps, type Seating } from './seating.js';
import { HOUR } from './wallClock.js';

const BUCKET = 4 * HOUR;

/** The live seatings of one restaurant, found by their time and by their person. */
export class SeatingIndex {
  private readonly all = new Set<Seating>();
  private readonly byTime = new Map<number, Set<Seating>>();
  private readonly byPerson = new Map<string, Set<Seating>>();

  /** Every one of them. */
  values(): Iterable<Seating> {
    return this.all;
  }

  /** Adds one. */
  add(seating: Seating): void {
    this.all.add(seating);
    for (const bucket of bucketsOf(seating.startsAt, seating.endsAt)) into(this.byTime, bucket, seating);
    into(this.byPerson, seating.personId, seating);
  }

  /** Takes one away. @returns whether it was there. */
  delete(seating: Seating): boolean {
    if (!this.all.delete(seating)) return false;
    for (const bucket of bucketsOf(seating.startsAt, seating.endsAt)) {
      this.byTime.get(bucket)?.delete(seating);
    }
    this.byPerson.get(seating.personId)?.delete(seating);
    return true;
  }

  /** Those that touch a time, or a cell that it touches. */
  during(startsAt: number, endsAt: number): readonly Seating[] {
    const [from, until] = widen(startsAt, endsAt);
    const found = new Set<Seating>();
    for (const bucket of bucketsOf(from, until)) {
      for (const seating of this.byTime.get(bucket) ?? []) {
        if (overlaps(seating, from, until)) found.add(seating);
      }
    }
    return [...found];
  }

  /** Those of a person. */
  of(personId: string): readonly Seating[] {
    return [...(this.byPerson.get(personId) ?? [])];
  }
}

function bucketsOf(from: number, until: number): readonly number[] {
  const first = Math.floor(from / BUCKET);
  return Array.from({ length: Math.ceil(until / BUCKET) - first }, (_, index) => first + index);
}

function into<Key>(sets: Map<Key, Set<Seating>>, key: Key, seating: Seating): void {
  const set = sets.get(key);
  if (set) set.add(seating);
  else sets.set(key, new Set([seating]));
}
