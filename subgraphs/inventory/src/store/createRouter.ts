import { invariant } from '@foyer/platform';
import type { Pool } from 'pg';
import { createLane } from './createLane.js';
import { isUnreachable } from './isUnreachable.js';

/** Finds the listing that a request belongs to. What it finds never changes. */
export interface Router {
  /** The listing of each offer; null for one that does not exist. */
  listingsOf(offerIds: readonly string[]): Promise<readonly (string | null)[]>;
  /** The listing of an order's hold: null for a tombstone, undefined when nothing is known of the order. */
  listingOfOrder(orderId: string): Promise<string | null | undefined>;
  /** The restaurant of a waitlist entry; undefined when there is none. */
  listingOfEntry(entryId: string): Promise<string | undefined>;
}

const REMEMBERED = 10_000;
const GROUP = 1000;

/** A router on the database; look-ups that come together are one statement, and offers are remembered. */
export function createRouter(pool: Pool): Router {
  const remembered = new Map<string, string>();
  const mayRetry = (error: unknown): boolean => !isUnreachable(error);

  const offers = createLane<string, string | null>({
    maxGroup: GROUP,
    mayRetry,
    async run(ids) {
      const found = await lookUp(pool, 'select id, listing_id from offer where id = any($1::uuid[])', ids);
      for (const [id, listingId] of found) {
        invariant(listingId, `offer ${id} has no listing`);
        if (remembered.size >= REMEMBERED) remembered.clear();
        remembered.set(id, listingId);
      }
      return ids.map((id) => found.get(id) ?? null);
    },
  });
  const orders = createLane<string, string | null | undefined>({
    maxGroup: GROUP,
    mayRetry,
    async run(ids) {
      const found = await lookUp(
        pool,
        'select order_id as id, listing_id from hold where order_id = any($1::uuid[])',
        ids,
      );
      return ids.map((id) => found.get(id));
    },
  });
  const entries = createLane<string, string | null | undefined>({
    maxGroup: GROUP,
    mayRetry,
    async run(ids) {
      const found = await lookUp(
        pool,
        'select id, listing_id from waitlist_entry where id = any($1::uuid[])',
        ids,
      );
      return ids.map((id) => found.get(id));
    },
  });

  return {
    listingsOf: (offerIds) =>
      Promise.all(offerIds.map(async (id) => remembered.get(id) ?? offers.submit(id))),
    listingOfOrder: (orderId) => orders.submit(orderId),
    listingOfEntry: async (entryId) => (await entries.submit(entryId)) ?? undefined,
  };
}

async function lookUp(
  pool: Pool,
  text: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await pool.query<{ id: string; listing_id: string | null }>(text, [ids]);
  return new Map(rows.map(({ id, listing_id }) => [id, listing_id]));
}
