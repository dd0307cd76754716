import type { Queryable } from '@foyer/kafka';
import { distanceOf } from '../../domain/restaurants/earth.js';
import { SqlValues } from '../sqlValues.js';
import { positionSql, restaurantConditionsSql, type RestaurantConditions } from './restaurantConditions.js';

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

const DESCENDING: ReadonlySet<RestaurantSort> = new Set(['RELEVANCE', 'RATING', 'PRICE_HIGH']);

/** Published restaurants in the order (key, id). @param after only those behind this position. */
export async function findRestaurants(
  sql: Queryable,
  query: RestaurantConditions,
  sort: RestaurantSort,
  after: { readonly key: number; readonly id: string } | null,
  limit: number,
): Promise<readonly FoundRestaurant[]> {
  const values = new SqlValues();
  const key = keySql(query, sort, values);
  const distance = query.near ? `r.position <-> ${positionSql(query.near.point, values)}` : 'null::float8';
  const conditions = [restaurantConditionsSql(query, values)];
  const [order, behind] = DESCENDING.has(sort) ? ['desc', '<'] : ['asc', '>'];
  if (after)
    conditions.push(`(${key}, r.id) ${behind} (${values.add(after.key)}, ${values.add(after.id)}::uuid)`);
  const rows = await sql.query<{ id: string; key: number; chord: number | null }>(
    `select r.id, ${key} as key, ${distance} as chord from restaurant r where ${conditions.join(' and ')}
     order by ${key} ${order}, r.id ${order} limit ${values.add(limit)}`,
    values.all,
  );
  return rows.map(({ id, key: found, chord }) => ({
    id,
    key: found,
    distance: chord === null ? null : distanceOf(chord),
  }));
}

function keySql({ words, near }: RestaurantConditions, sort: RestaurantSort, values: SqlValues): string {
  if (sort === 'RELEVANCE' && words !== null)
    return `ts_rank(r.search, ${values.add(words)}::tsquery)::float8`;
  if (sort === 'DISTANCE' && near) return `(r.position <-> ${positionSql(near.point, values)})`;
  return sort === 'PRICE_LOW' || sort === 'PRICE_HIGH' ? 'r.price_range' : 'r.score';
}
