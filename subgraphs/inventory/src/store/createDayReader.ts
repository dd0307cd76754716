import { invariant } from '@foyer/platform';
import type { Queryable } from '@foyer/kafka';
import type { ListingStatus } from '../domain/book.js';
import type { TableWish } from '../domain/requests.js';
import { CELL } from '../domain/tables/cells.js';
import { dayVersion, type DayContent } from '../domain/tables/dayContent.js';
import { freeTimes, type FreeTime } from '../domain/tables/freeTimes.js';
import { nearestDay } from '../domain/tables/nearestDay.js';
import type { Restaurant } from '../domain/tables/restaurant.js';
import { slotsOfDay } from '../domain/tables/slotsOfDay.js';
import { addDays, localDate } from '../domain/tables/wallClock.js';
import { arrayLiteral } from './arrayLiteral.js';
import type { RestaurantCache } from './createRestaurantCache.js';
import { readRestaurants } from './readRestaurants.js';
import { SEATING_JSON, type SeatingRow } from './readTables.js';

/** Reads days of restaurants. Nothing is locked: what is shown may be over the moment after. */
export interface DayReader {
  /** Days by their keys (`dayKey`). Of what is no restaurant nothing is in the answer. */
  read(keys: readonly string[], sql?: Queryable): Promise<ReadonlyMap<string, DayContent>>;
  /** The present versions of days. */
  versions(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The restaurants of these ids. */
  restaurants(listingIds: readonly string[]): Promise<readonly Restaurant[]>;
  /** Times that would work instead of a wish: the nearest of its day (or the next that can be booked) first, then those around. */
  freeTimes(wish: TableWish): Promise<readonly FreeTime[]>;
}

/** What a day is known by. */
export function dayKey(listingId: string, day: string): string {
  return `${listingId}/${day}`;
}

const MOST_TIMES = 5;
/** How far from the day of the wish it is looked for other times. */
const DAYS_AROUND = 7;

/** A reader of days. */
export function createDayReader(database: Queryable, cache: RestaurantCache): DayReader {
  async function rows(sql: Queryable, keys: readonly string[], withSeatings: boolean) {
    const days = keys.map((key) => {
      const [listingId = '', day = ''] = key.split('/');
      return { key, listingId, day };
    });
    // The configuration decides which time a day is: when it has changed in between, it is read again.
    for (;;) {
      const restaurants = await readRestaurants(sql, cache, [...new Set(days.map((each) => each.listingId))]);
      const byId = new Map(restaurants.map((restaurant) => [restaurant.id, restaurant]));
      const known = days.flatMap((each) => {
        const restaurant = byId.get(each.listingId);
        return restaurant ? [{ ...each, restaurant, ...boundsOf(restaurant, each.day) }] : [];
      });
      const found = await sql.query<DayRow>(READ_DAYS, [
        arrayLiteral(known.map(({ listingId }) => listingId)),
        arrayLiteral(known.map(({ day }) => day)),
        arrayLiteral(known.map(({ from }) => new Date(from))),
        arrayLiteral(known.map(({ until }) => new Date(until))),
        withSeatings,
      ]);
      if (found.every((row, index) => row.configuration === known[index]?.restaurant.version)) {
        return found.map((row, index) => {
          const each = known[index];
          invariant(each, 'a row for no day');
          return { ...row, ...each, changes: Number(row.version) };
        });
      }
    }
  }

  const read: DayReader['read'] = async (keys, sql = database) => {
    const found = await rows(sql, keys, true);
    return new Map(
      found.map(({ key, restaurant, status, day, now, changes, seatings }) => [
        key,
        {
          restaurant,
          status,
          day,
          now,
          changes,
          seatings,
          heldOrders: new Set(seatings.filter(({ held }) => held).map(({ orderId }) => orderId)),
        },
      ]),
    );
  };

  return {
    read,
    async versions(keys) {
      const found = await rows(database, keys, false);
      return new Map(found.map((row) => [row.key, dayVersion(row)]));
    },
    restaurants: (listingIds) => readRestaurants(database, cache, listingIds),
    async freeTimes(wish) {
      const [restaurant] = await readRestaurants(database, cache, [wish.listingId]);
      if (!restaurant) return [];
      const asked = nearestDay(restaurant, wish.startsAt);
      let keys = keysAround(wish.listingId, asked);
      let contents = await read(keys);
      const [first] = contents.values();
      const nearest = first ? bookable(restaurant, asked, first.now) : asked;
      if (nearest !== asked) {
        keys = keysAround(wish.listingId, nearest);
        contents = await read(keys);
      }
      const times: FreeTime[] = [];
      for (const key of keys) {
        const content = contents.get(key);
        if (content && times.length < MOST_TIMES) times.push(...freeTimes(content, wish));
      }
      return times.slice(0, MOST_TIMES);
    },
  };
}

/** The days to look at for times that would work, the nearest first. */
function keysAround(listingId: string, day: string): readonly string[] {
  const around = Array.from({ length: DAYS_AROUND }, (_, index) => [index + 1, -index - 1]).flat();
  return [0, ...around].map((days) => dayKey(listingId, addDays(day, days)));
}

/** The day next to this one that can be booked by its date: who asks for one past or too far ahead is shown the nearest. */
function bookable(restaurant: Restaurant, day: string, now: Date): string {
  const today = localDate(restaurant.timeZone, now.getTime());
  const last = addDays(today, restaurant.seating.horizonDays);
  if (day > last) return last;
  // Past midnight the evening before may still go on.
  const goesOn = slotsOfDay(restaurant, day).some(({ startsAt }) => startsAt > now.getTime());
  return day < today && !goesOn ? today : day;
}

/** The time that anything of a day touches; of one without slots, none. */
function boundsOf(restaurant: Restaurant, day: string): { readonly from: number; readonly until: number } {
  const slots = slotsOfDay(restaurant, day);
  const from = slots[0]?.startsAt ?? 0;
  const until = (slots.at(-1)?.startsAt ?? 0) + (slots.length > 0 ? restaurant.longestStay : 0);
  return { from: from - CELL, until: until + CELL };
}

interface DayRow {
  readonly status: ListingStatus;
  /** The version of the configuration. */
  readonly configuration: number;
  readonly version: bigint;
  readonly now: Date;
  readonly seatings: readonly SeatingRow[];
}

/** One statement, one snapshot: the version tells of no change that the seatings don't show. */
const READ_DAYS = `
  with clock as materialized (select foyer_now() as now)
  select l.status, r.version as configuration, (select now from clock) as now,
    coalesce((
      select version from restaurant_day where listing_id = d.listing_id and day = d.day
    ), 0) as version,
    coalesce((
      select json_agg(${SEATING_JSON})
      from (select * from seating where live and listing_id = d.listing_id
              and during && tstzrange(d.from_at, d.until_at) offset 0) s
      cross join lateral (select state, expires_at from hold where order_id = s.order_id offset 0) h
      where $5 and not (h.state = 'HELD' and h.expires_at <= (select now from clock))
    ), '[]') as seatings
  from unnest($1::uuid[], $2::date[], $3::timestamptz[], $4::timestamptz[])
    with ordinality as d (listing_id, day, from_at, until_at, nr)
  join listing l on l.id = d.listing_id
  join restaurant r on r.listing_id = d.listing_id
  order by d.nr`;
