import type { Queryable } from '@foyer/kafka';
import { chordOf, distanceOf } from '../../domain/restaurants/earth.js';
import { SqlValues } from '../sqlValues.js';
import {
  freeSql,
  positionSql,
  restaurantConditionsSql,
  type RestaurantConditions,
} from './restaurantConditions.js';

/** In which order restaurants are found. RELEVANCE needs words, DISTANCE a place. */
export type RestaurantSort = 'RELEVANCE' | 'DISTANCE' | 'RATING' | 'PRICE_LOW' | 'PRICE_HIGH';

/** A restaurant that was found. */
export interface FoundRestaurant {
  readonly id: string;
  /** What the order goes by. */
  readonly key: number;
  /** From the place asked for, in metres; null without one. */
  readonly distance: number | null;
}

/** Where a page begins: behind this position. */
type After = { readonly key: number; readonly id: string } | null;

const DESCENDING: ReadonlySet<RestaurantSort> = new Set(['RELEVANCE', 'RATING', 'PRICE_HIGH']);
/** The first circle in which the nearest are looked for is so much smaller than the whole. */
const FIRST_CIRCLE = 1 / 32;

/** Published restaurants in the order (key, id). @param after only those behind this position. */
export async function findRestaurants(
  sql: Queryable,
  query: RestaurantConditions,
  sort: RestaurantSort,
  after: After,
  limit: number,
): Promise<readonly FoundRestaurant[]> {
  if (sort !== 'DISTANCE' || !query.near) return findPage(sql, query, sort, after, limit);
  // The nearest are looked for in circles of twice the size each: a page costs what is near, not what is within reach.
  const { point, within } = query.near;
  const found: FoundRestaurant[] = [];
  let behind = after;
  for (let radius = within * FIRST_CIRCLE; ; radius *= 2) {
    const circle = Math.min(radius, within);
    if (circle < within && behind && chordOf(circle) < behind.key) continue;
    const near = { point, within: circle };
    found.push(...(await findPage(sql, { ...query, near }, sort, behind, limit - found.length)));
    if (found.length >= limit || circle === within) return found;
    behind = { key: Math.max(chordOf(circle), behind?.key ?? 0), id: LAST_ID };
  }
}

/** No id stands behind this one. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * One statement. What is free is asked for last, of one after the other in the order of the page until that is full;
 * `offset 0` keeps the planner from asking before sorting.
 */
async function findPage(
  sql: Queryable,
  query: RestaurantConditions,
  sort: RestaurantSort,
  after: After,
  limit: number,
): Promise<readonly FoundRestaurant[]> {
  const values = new SqlValues();
  const key = keySql(query, sort, values);
  const chord = query.near ? `r.position <-> ${positionSql(query.near.point, values)}` : 'null::float8';
  const conditions = [restaurantConditionsSql(query, values)];
  const [order, behind] = DESCENDING.has(sort) ? ['desc', '<'] : ['asc', '>'];
  if (after)
    conditions.push(`(${key}, r.id) ${behind} (${values.add(after.key)}, ${values.add(after.id)}::uuid)`);
  const candidates = `select r.id, ${key} as key, ${chord} as chord, r.time_zone from restaurant r
    where ${conditions.join(' and ')} order by ${key} ${order}, r.id ${order}`;
  const statement = query.free
    ? `select r.id, r.key, r.chord from (${candidates} offset 0) as r where ${freeSql(query.free, query.timeZones, values)}`
    : candidates;
  const rows = await sql.query<{ id: string; key: number; chord: number | null }>(
    `${statement} limit ${values.add(limit)}`,
    values.all,
  );
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    distance: row.chord === null ? null : distanceOf(row.chord),
  }));
}

function keySql({ words, near }: RestaurantConditions, sort: RestaurantSort, values: SqlValues): string {
  if (sort === 'RELEVANCE' && words !== null)
    return `ts_rank(r.search, ${values.add(words)}::tsquery)::float8`;
  if (sort === 'DISTANCE' && near) return `(r.position <-> ${positionSql(near.point, values)})`;
  return sort === 'PRICE_LOW' || sort === 'PRICE_HIGH' ? 'r.price_range' : 'r.score';
}
