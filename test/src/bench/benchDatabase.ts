import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, newId, removeEmbeddedPostgres, startEmbeddedPostgres } from '@foyer/platform';
import { migrateDatabase } from '@foyer/prisma';

/** An inventory's database with one hot offer, and a bus, on a Postgres that makes commits durable. */
export interface BenchDatabase {
  readonly url: string;
  readonly busUrl: string;
  readonly offerId: string;
  stop(): Promise<void>;
}

const PLENTY = 100_000_000;

/** @param adminUrl of a running Postgres; undefined starts an embedded one, gone with `stop`. */
export async function benchDatabase(adminUrl?: string): Promise<BenchDatabase> {
  const folder = adminUrl === undefined ? await mkdtemp(join(tmpdir(), 'foyer-bench-')) : null;
  const server = folder === null ? null : await startEmbeddedPostgres({ dataDirectory: folder });
  const root = server?.adminUrl ?? adminUrl ?? '';
  const urlOf = (name: string): string =>
    Object.assign(new URL(root), { pathname: `/${name}_bench_${process.pid}` }).href;
  const [url, busUrl] = [urlOf('inventory'), urlOf('bus')];
  await migrateDatabase(url, 'inventory');
  await migrateDatabase(busUrl, 'bus');
  const [listingId, offerId] = [newId(), newId()];
  const pool = createPool(url, { max: 1, applicationName: 'bench' });
  await pool.query(
    `insert into listing (id, organization_id, status, sale_starts_at, sale_ends_at, maximum_attendees, free, currency)
     values ($1, $1, 'PUBLISHED', foyer_now() - interval '1 day', foyer_now() + interval '1 day', $2, false, 'EUR')`,
    [listingId, PLENTY],
  );
  await pool.query(
    `insert into offer (id, listing_id, name, price, currency, total, limit_per_person, state)
     values ($1, $2, 'Standing', 2500, 'EUR', $3, 4, 'AVAILABLE')`,
    [offerId, listingId, PLENTY],
  );
  await pool.end();
  return {
    url,
    busUrl,
    offerId,
    async stop() {
      await server?.stop();
      if (folder !== null) await removeEmbeddedPostgres(folder);
    },
  };
}
