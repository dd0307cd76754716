import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLog,
  createMetrics,
  Environment,
  openPorts,
  redisAvailable,
  startRedisServer,
  type Ports,
  type RedisServer,
} from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { listing } from '../domain/testBook.js';
import type { ListingView } from '../domain/listingView.js';
import { createAvailability, noticeListing, type Availability } from './createAvailability.js';

requireEngine('Redis', redisAvailable())('availability in two processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-redis-'));
  const log = createLog('test', 'silent');
  const stored = { version: 1 };
  const opened: Ports[] = [];
  let server: RedisServer;

  /** As another process has it, on the same database. It never looks there by itself: its job is not started. */
  const openAnother = async (): Promise<
    Pick<Availability<ListingView>, 'watch'> & { notice(id: string): void }
  > => {
    const ports = await openPorts(new Environment({ REDIS_URL: server.url }), log, createMetrics());
    opened.push(ports);
    const view = (): ListingView => ({ listing: listing({ version: stored.version }), offers: [] });
    const availability = createAvailability({
      reader: {
        read: (ids) => Promise.resolve(new Map(ids.map((id) => [id, view()]))),
        versions: () => Promise.reject(new Error('not to be asked')),
      },
      versionOf: ({ listing: { version } }) => version,
      pubsub: ports.pubsub,
      pushMs: 0,
      pollMs: 60_000,
      log,
      name: 'never',
    });
    return { watch: availability.watch, notice: (id) => noticeListing(ports.pubsub, id) };
  };
  const versionOf = ({ value }: IteratorResult<ListingView>): number =>
    (value as ListingView).listing.version;

  beforeAll(async () => {
    server = await startRedisServer({ folder });
  });
  afterAll(async () => {
    await Promise.all(opened.map((ports) => ports.close()));
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('what one process changes is pushed to the watchers of the other, also after Redis has died', async () => {
    const [here, there] = [await openAnother(), await openAnother()];
    const views = there.watch('event');
    expect(versionOf(await views.next())).toBe(1);
    for (const version of [2, 3]) {
      stored.version = version;
      here.notice('event');
      expect(versionOf(await views.next())).toBe(version);
    }
    const next = views.next();
    await server.kill();
    stored.version = 4;
    here.notice('event');
    await server.start();
    expect(versionOf(await next)).toBe(4);
    stored.version = 5;
    here.notice('event');
    expect(versionOf(await views.next())).toBe(5);
    await views.return?.();
  });
});
