import type { DemoClient } from '../demoClient.js';

const DAY_MS = 86_400_000;
const A_WEEK = 7;
const PATIENCE_MS = 20_000;

/** Where and when somebody wants a table. */
export interface SlotWish {
  readonly restaurantId: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The first day from then on at which it is open at the time. */
  readonly inDays: number;
  /** Of the restaurant's wall clock, `19:30`. */
  readonly time: string;
}

/** A restaurant's day, `2026-12-24`. @param inDays from today there. */
export function dayIn(inDays: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return parts.format(new Date(Date.now() + inDays * DAY_MS));
}

/**
 * The instant at which a seating begins. Inventory hears of a new restaurant a moment after it was published.
 * @throws when the restaurant is open at that time on no day of a week.
 */
export async function findSlot(client: DemoClient, wish: SlotWish): Promise<string> {
  const { restaurantId, timeZone, inDays, time } = wish;
  const deadline = performance.now() + PATIENCE_MS;
  do {
    for (let day = inDays; day < inDays + A_WEEK; day += 1) {
      const { slots } = await client.ask<{ slots: { startsAt: string; localTime: string }[] | null }>(
        `query ($id: ID!, $date: String!) {
          answer: restaurant(id: $id) { slots(date: $date, partySize: 2) { startsAt localTime } }
        }`,
        { id: restaurantId, date: dayIn(day, timeZone) },
      );
      if (slots === null) break;
      const slot = slots.find(({ localTime }) => localTime.slice(11, 16) === time);
      if (slot) return slot.startsAt;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (performance.now() < deadline);
  throw new Error(`No table of restaurant ${restaurantId} begins at ${time}.`);
}
