import { isDay } from '@foyer/platform';
import { chordOf } from '../../domain/restaurants/earth.js';
import { multirangeText, wantedRanges } from '../../domain/restaurants/freeCodes.js';
import type { GeoPoint } from '../../domain/restaurants/restaurant.js';
import { wallMoment, type WallMoment } from '../../domain/restaurants/wallClock.js';
import type { SqlValues } from '../sqlValues.js';

/** Which published restaurants are asked for; conditions that are null don't count. */
export interface RestaurantConditions {
  /** A tsquery; see `readWords`. */
  readonly words: string | null;
  readonly city: string | null;
  /** `within` in metres. */
  readonly near: { readonly point: GeoPoint; readonly within: number } | null;
  readonly cuisines: readonly string[] | null;
  readonly priceRanges: readonly number[] | null;
  readonly dietary: readonly string[] | null;
  readonly openAt: Date | null;
  readonly free: { readonly at: Date; readonly partySize: number; readonly withinMinutes: number } | null;
  /** Those that restaurants stand in, where a condition goes by their clocks. */
  readonly timeZones: readonly string[];
}

/**
 * What the wall clock of `r` shows at an instant, as a timestamp; null in a year that nobody reckons with. The clocks are
 * ours, zone by zone: Postgres has rules of its own, which differ.
 */
function wallSql(instant: Date, timeZones: readonly string[], values: SqlValues): string {
  const walls = timeZones.flatMap((timeZone) => {
    const wall = wallMoment(instant, timeZone);
    return isDay(wall.date) ? [[timeZone, wallText(wall)] as const] : [];
  });
  return `(${values.add(JSON.stringify(Object.fromEntries(walls)))}::jsonb ->> r.time_zone)::timestamp`;
}

/** A moment of a wall clock as Postgres reads a timestamp: `2026-12-24 19:30`. */
export function wallText({ date, minutes }: WallMoment): string {
  return `${date} ${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A place as the database has it. */
export function positionSql({ latitude, longitude }: GeoPoint, values: SqlValues): string {
  return `earth_position(${values.add(latitude)}, ${values.add(longitude)})`;
}

/**
 * Conditions on `restaurant r`, joined with "and", `free` aside. Only those that are asked for stand in the statement, so
 * that indexes serve.
 */
export function restaurantConditionsSql(query: RestaurantConditions, values: SqlValues): string {
  const { words, city, near, cuisines, priceRanges, dietary, openAt, timeZones } = query;
  const conditions = [`r.status = 'PUBLISHED'`];
  if (words !== null) conditions.push(`r.search @@ ${values.add(words)}::tsquery`);
  if (city !== null) conditions.push(`r.city_key = lower(search_text(${values.add(city.trim())}))`);
  if (near) {
    const [position, chord] = [positionSql(near.point, values), values.add(chordOf(near.within))];
    // The box is what the index finds; the ball inside it is what is meant.
    conditions.push(
      `r.position <@ cube_enlarge(${position}, ${chord}, 3)`,
      `r.position <-> ${position} <= ${chord}`,
    );
  }
  if (cuisines) conditions.push(`r.cuisines && ${values.add(cuisines)}::text[]`);
  if (priceRanges) conditions.push(`r.price_range = any(${values.add(priceRanges)}::integer[])`);
  if (dietary) conditions.push(`r.dietary @> ${values.add(dietary)}::text[]`);
  if (openAt) {
    const wall = wallSql(openAt, timeZones, values);
    conditions.push(`open_at_wall(r.week, r.exception_dates, r.hours, r.exceptions, ${wall})`);
  }
  return conditions.join(' and ');
}

/**
 * Whether a restaurant, of which `r.id` and `r.time_zone` are known, has a free table: asked of each by the key of the
 * copy. `offset 0` keeps the planner from reading the whole copy to join it.
 */
export function freeSql(
  { at, partySize, withinMinutes }: NonNullable<RestaurantConditions['free']>,
  timeZones: readonly string[],
  values: SqlValues,
): string {
  const dayAt = (minutes: number): string => {
    const instant = new Date(at.getTime() + minutes * 60_000);
    return `${wallSql(instant, timeZones, values)}::date`;
  };
  const days =
    withinMinutes === 0
      ? `f.day = ${dayAt(0)}`
      : `f.day between ${dayAt(-withinMinutes)} and ${dayAt(withinMinutes)}`;
  const wanted = values.add(multirangeText(wantedRanges(at, partySize, withinMinutes)));
  return `exists (
    select from free_day f
    where f.restaurant_id = r.id and ${days} and f.free && ${wanted}::int4multirange
    offset 0
  )`;
}

/** All conditions on `restaurant r`, `free` included. */
export function wholeConditionsSql(query: RestaurantConditions, values: SqlValues): string {
  const others = restaurantConditionsSql(query, values);
  return query.free ? `${others} and ${freeSql(query.free, query.timeZones, values)}` : others;
}
