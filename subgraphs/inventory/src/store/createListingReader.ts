import { queryable } from '@foyer/kafka';
import type { Pool } from 'pg';
import { listingViews, type ListingView } from '../domain/listingView.js';
import type { Rules } from '../domain/rules.js';
import type { RestaurantCache } from './createRestaurantCache.js';
import { readBook } from './readBook.js';

/** Reads. Nothing is locked: what is shown may be over the moment after. */
export interface ListingReader {
  /** Events with their offers, in one snapshot. What does not exist is not in the answer. */
  read(listingIds: readonly string[]): Promise<ReadonlyMap<string, ListingView>>;
  /** The present versions of listings. */
  versions(listingIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** A reader of events. */
export function createListingReader(pool: Pool, rules: Rules, restaurants: RestaurantCache): ListingReader {
  const sql = queryable(pool);
  return {
    async read(listingIds) {
      const book = await readBook(sql, { listingIds, requests: [] }, restaurants);
      return new Map([...listingViews(book, rules)].filter(([, { listing }]) => listing.kind === 'EVENT'));
    },
    async versions(listingIds) {
      const { rows } = await pool.query<{ id: string; version: bigint }>(
        'select id, version from listing where id = any($1::uuid[])',
        [listingIds],
      );
      return new Map(rows.map(({ id, version }) => [id, Number(version)]));
    },
  };
}
