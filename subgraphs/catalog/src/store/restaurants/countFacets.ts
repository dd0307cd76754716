import type { Queryable } from '@foyer/kafka';
import { SqlValues } from '../sqlValues.js';
import { wholeConditionsSql, type RestaurantConditions } from './restaurantConditions.js';

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
  const values = new SqlValues();
  const conditions = wholeConditionsSql({ ...query, cuisines: null, priceRanges: null }, values);
  const byCuisine = query.cuisines ? `r.cuisines && ${values.add(query.cuisines)}::text[]` : 'true';
  const byPrice = query.priceRanges
    ? `r.price_range = any(${values.add(query.priceRanges)}::integer[])`
    : 'true';
  const rows = await sql.query<{ facet: 'CUISINE' | 'PRICE' | 'ALL'; value: string; count: number }>(
    `with found as materialized (
       select r.cuisines, r.price_range, ${byCuisine} as by_cuisine, ${byPrice} as by_price
       from restaurant r where ${conditions} limit ${values.add(MAXIMUM_COUNTED + 1)}
     )
     (
       select 'CUISINE' as facet, value, count(*)::integer as count from found, unnest(cuisines) as value
       where by_price group by value order by count desc, value limit ${values.add(MAXIMUM_VALUES)}
     )
     union all
     (
       select 'PRICE', price_range::text, count(*)::integer from found
       where by_cuisine group by price_range order by price_range
     )
     union all
     select 'ALL', '', count(*)::integer from found`,
    values.all,
  );
  const countsOf = (facet: string): readonly FacetCount[] =>
    rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count }));
  return {
    cuisines: countsOf('CUISINE'),
    priceRanges: countsOf('PRICE'),
    complete: (countsOf('ALL')[0]?.count ?? 0) <= MAXIMUM_COUNTED,
  };
}
