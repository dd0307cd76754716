import type { Queryable } from '@foyer/kafka';
import { SqlValues } from '../sqlValues.js';
import { restaurantConditionsSql, type RestaurantConditions } from './restaurantConditions.js';

/** How often a value occurs. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** How many restaurants there are of each kind. */
export interface RestaurantFacets {
  readonly cuisines: readonly FacetCount[];
  readonly priceRanges: readonly FacetCount[];
  /** Whether all were counted. */
  readonly complete: boolean;
}

/** More are not counted. */
export const MAXIMUM_COUNTED = 10_000;
const MAXIMUM_VALUES = 20;

/** Counts what a query would find by cuisine and by price, each without its own condition. */
export async function countFacets(sql: Queryable, query: RestaurantConditions): Promise<RestaurantFacets> {
  const [cuisines, priceRanges] = await Promise.all([
    count(sql, { ...query, cuisines: null }, 'r.cuisines'),
    count(sql, { ...query, priceRanges: null }, 'array[r.price_range::text]'),
  ]);
  return {
    cuisines: cuisines.counts,
    priceRanges: [...priceRanges.counts].sort((a, b) => (a.value < b.value ? -1 : 1)),
    complete: cuisines.complete && priceRanges.complete,
  };
}

async function count(
  sql: Queryable,
  query: RestaurantConditions,
  facet: string,
): Promise<{ readonly counts: readonly FacetCount[]; readonly complete: boolean }> {
  const values = new SqlValues();
  const conditions = restaurantConditionsSql(query, values);
  const rows = await sql.query<{ value: string | null; count: number; counted: number }>(
    `with found as materialized (
       select ${facet} as facet from restaurant r where ${conditions} limit ${values.add(MAXIMUM_COUNTED + 1)}
     )
     select value, count(value)::integer as count, (select count(*) from found)::integer as counted
     from found left join lateral unnest(facet) as value on true
     group by value order by count desc, value limit ${values.add(MAXIMUM_VALUES)}`,
    values.all,
  );
  return {
    counts: rows.flatMap(({ value, count: each }) => (value === null ? [] : [{ value, count: each }])),
    complete: (rows[0]?.counted ?? 0) <= MAXIMUM_COUNTED,
  };
}
