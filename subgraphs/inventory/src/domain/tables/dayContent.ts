import type { ListingStatus } from '../book.js';
import type { Restaurant } from './restaurant.js';
import type { Seating } from './seating.js';
import { closedByTime, slotsOfDay } from './slotsOfDay.js';

/** A day of a restaurant with all that is taken on it. */
export interface DayContent {
  readonly restaurant: Restaurant;
  readonly status: ListingStatus;
  readonly day: string;
  /** The database's time. */
  readonly now: Date;
  /** Rises with every change of what is taken, and of the configuration. */
  readonly changes: number;
  /** Live seatings that touch the day. What has run out is none, swept or not. */
  readonly seatings: readonly Seating[];
  /** Orders of those seatings that are held, not sold. */
  readonly heldOrders: ReadonlySet<string>;
}

/** More than a day has slots: they begin at least a minute apart. */
const STEPS = 4096;

/** Rises with every change that a watcher of the day could see: also with those that time alone makes. */
export function dayVersion({
  restaurant,
  day,
  now,
  changes,
}: Omit<DayContent, 'seatings' | 'heldOrders'>): number {
  const closed = slotsOfDay(restaurant, day).map((slot) =>
    closedByTime(restaurant, slot, day, now.getTime()),
  );
  const over = closed.filter((state) => state === 'SALE_ENDED').length;
  const hasOpened = closed.includes('NOT_ON_SALE') ? 0 : 1;
  return changes * STEPS + over + hasOpened;
}
