import { createPool, newId } from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import { isOpenAt } from '../../domain/restaurants/isOpenAt.js';
import type { Schedule } from '../../domain/restaurants/restaurant.js';
import { wallMoment } from '../../domain/restaurants/wallClock.js';
import { wallText } from './restaurantConditions.js';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];

/** A generator of the same numbers each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('the database and the domain agree on when a restaurant is open', async () => {
  const database = await createTestDatabase('catalog');
  const pool = createPool(database.url, { max: 1, applicationName: 'test' });
  const next = random(7);
  const below = (limit: number): number => Math.floor(next() * limit);
  const clock = (): string =>
    `${String(below(24)).padStart(2, '0')}:${String(below(12) * 5).padStart(2, '0')}`;
  const interval = () => ({ opens: clock(), closes: clock() });
  const day = (offset: number): string => new Date(Date.UTC(2026, 9, 24 + offset)).toISOString().slice(0, 10);
  try {
    const cases = Array.from({ length: 400 }, () => {
      const schedule: Schedule = {
        slotMinutes: 30,
        hours: Array.from({ length: below(8) }, () => ({ weekday: 1 + below(7), ...interval() })),
        exceptions: [...new Set([day(below(10)), day(below(10))])].map((date) => ({
          date,
          intervals: Array.from({ length: below(3) }, interval),
        })),
      };
      // Around the night of 25 October 2026, when clocks go back in Berlin; and a week later in New York.
      const at = new Date(Date.UTC(2026, 9, 23) + below(12 * 24 * 12) * 300_000);
      return { id: newId(), schedule, at, timeZone: ZONES[below(ZONES.length)] ?? '' };
    });
    const { rows } = await pool.query<{ open: boolean }>(
      `select open_at_wall(
         week_minutes(c.hours), exception_dates(c.exceptions), c.hours, c.exceptions, c.wall
       ) as open
       from rows from (
         jsonb_to_recordset($1) as (hours jsonb, exceptions jsonb, wall timestamp)
       ) with ordinality as c (hours, exceptions, wall, nr) order by c.nr`,
      [
        JSON.stringify(
          cases.map(({ schedule, at, timeZone }) => ({
            ...schedule,
            wall: wallText(wallMoment(at, timeZone)),
          })),
        ),
      ],
    );
    const expected = cases.map(({ schedule, timeZone, at }) => isOpenAt({ schedule, timeZone }, at));
    expect(rows.map(({ open }) => open)).toEqual(expected);
    // The test would say nothing if all were closed.
    expect(expected.filter((open) => open).length).toBeGreaterThan(50);
    expect(expected.filter((open) => !open).length).toBeGreaterThan(50);
  } finally {
    await pool.end();
    await database.drop();
  }
});
