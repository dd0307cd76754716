import type { Queryable } from '@foyer/kafka';
import { distanceOf } from '../../domain/restaurants/earth.js';
import { SqlValues } from '../sqlValues.js';
import { MAXIMUM_COUNTED } from './countFacets.js';
import { positionSql, wholeConditionsSql, type RestaurantConditions } from './restaurantConditions.js';

/** What search finds. */
export type ListingKind = 'EVENT' | 'RESTAURANT';

/** Which listings are asked for; conditions that are null don't count. */
export interface ListingQuery extends RestaurantConditions {
  /** A condition that a kind does not know has left it out already. */
  readonly kinds: readonly ListingKind[];
  readonly category: string | null;
  /** Events not over before. */
  readonly from: Date | null;
  /** Events beginning before. */
  readonly until: Date | null;
}

/** A listing that was found. */
export interface FoundListing {
  readonly id: string;
  readonly kind: ListingKind;
  /** What the order goes by: relevance, distance, or when it was published. */
  readonly key: number | string;
  /** From the place asked for, in metres; null without one. */
  readonly distance: number | null;
}

/** Published listings: nearest first with a place, else by relevance with words, else the newest first. */
export async function searchListings(
  sql: Queryable,
  query: ListingQuery,
  after: { readonly key: number | string; readonly id: string } | null,
  limit: number,
): Promise<readonly FoundListing[]> {
  if (query.kinds.length === 0) return [];
  const values = new SqlValues();
  const [order, behind] = query.near ? ['asc', '>'] : ['desc', '<'];
  const parts = query.kinds.map((kind) => {
    const { from, conditions } = kind === 'EVENT' ? eventsSql(query, values) : restaurantsSql(query, values);
    // Events have no place: a condition on it has left them out.
    const position = query.near && `(r.position <-> ${positionSql(query.near.point, values)})`;
    const key = keySql(query, position, values);
    const start = after
      ? `and (${key}, r.id) ${behind} (${values.add(after.key)}${query.near || query.words !== null ? '' : '::timestamptz'}, ${values.add(after.id)}::uuid)`
      : '';
    return `(select r.id, '${kind}' as kind, ${key} as key, ${position ?? 'null::float8'} as chord
      from ${from} where ${conditions} ${start} order by ${key} ${order}, r.id ${order} limit ${values.add(limit)})`;
  });
  const rows = await sql.query<{ id: string; kind: ListingKind; key: number | Date; chord: number | null }>(
    `select * from (${parts.join(' union all ')}) as found order by key ${order}, id ${order} limit ${values.add(limit)}`,
    values.all,
  );
  return rows.map(({ id, kind, key, chord }) => ({
    id,
    kind,
    key: key instanceof Date ? key.toISOString() : key,
    distance: chord === null ? null : distanceOf(chord),
  }));
}

/** How many of each of these kinds a query finds; of each at most `MAXIMUM_COUNTED`, then one more. */
export async function countListings(
  sql: Queryable,
  query: ListingQuery,
): Promise<readonly { readonly kind: ListingKind; readonly count: number }[]> {
  return Promise.all(
    query.kinds.map(async (kind) => {
      const values = new SqlValues();
      const { from, conditions } =
        kind === 'EVENT' ? eventsSql(query, values) : restaurantsSql(query, values);
      const [row] = await sql.query<{ count: number }>(
        `select count(*)::integer as count
         from (select from ${from} where ${conditions} limit ${values.add(MAXIMUM_COUNTED + 1)}) as found`,
        values.all,
      );
      return { kind, count: row?.count ?? 0 };
    }),
  );
}

interface Part {
  readonly from: string;
  readonly conditions: string;
}

function restaurantsSql(query: ListingQuery, values: SqlValues): Part {
  return { from: 'restaurant r', conditions: wholeConditionsSql(query, values) };
}

function eventsSql({ words, city, category, from, until }: ListingQuery, values: SqlValues): Part {
  const conditions = [`r.status = 'PUBLISHED' and r.visibility = 'PUBLIC'`];
  if (words !== null) conditions.push(`r.search @@ ${values.add(words)}::tsquery`);
  if (city !== null)
    conditions.push(`lower(search_text(r.venue_city)) = lower(search_text(${values.add(city.trim())}))`);
  if (category !== null) conditions.push(`${values.add(category.trim().toLowerCase())} = any(r.categories)`);
  if (from) conditions.push(`r.ends_at > ${values.add(from)}`);
  if (until) conditions.push(`r.starts_at < ${values.add(until)}`);
  return { from: 'event r', conditions: conditions.join(' and ') };
}

function keySql({ words }: ListingQuery, position: string | null, values: SqlValues): string {
  if (position !== null) return position;
  return words === null ? 'r.published_at' : `ts_rank(r.search, ${values.add(words)}::tsquery)::float8`;
}
