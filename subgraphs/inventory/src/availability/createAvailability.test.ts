import { createLog, createMemoryPubSub } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import type { ListingView } from '../domain/listingView.js';
import { listing } from '../domain/testBook.js';
import { createAvailability, noticeListing } from './createAvailability.js';

describe('createAvailability', () => {
  /** A listing of which only the version matters, and what was asked for. */
  function setUp(pushMs = 0) {
    const stored = { version: 1, reads: 0, polls: 0 };
    const viewOf = (version: number): ListingView => ({ listing: listing({ version }), offers: [] });
    const pubsub = createMemoryPubSub();
    const availability = createAvailability({
      name: 'poll',
      reader: {
        async read(ids) {
          stored.reads += 1;
          return new Map(ids.map((id) => [id, viewOf(stored.version)]));
        },
        async versions(ids) {
          stored.polls += 1;
          return new Map(ids.map((id) => [id, stored.version]));
        },
      },
      versionOf: (view: ListingView) => view.listing.version,
      pubsub,
      pushMs,
      pollMs: 5,
      log: createLog('test', 'silent'),
    });
    const versionOf = ({ value }: IteratorResult<ListingView>): number =>
      (value as ListingView).listing.version;
    const notice = () => noticeListing(pubsub, 'event');
    return { stored, availability, versionOf, notice };
  }

  test('gives the present value at once, then every later one', async () => {
    const { stored, availability, versionOf, notice } = setUp();
    const views = availability.watch('event');
    expect(versionOf(await views.next())).toBe(1);
    stored.version = 2;
    notice();
    expect(versionOf(await views.next())).toBe(2);
    await views.return?.();
    expect(await views.next()).toEqual({ done: true, value: undefined });
  });

  test('of many changes in a moment the latest arrives, by few reads however many watch', async () => {
    const { stored, availability, versionOf, notice } = setUp(20);
    const watchers = Array.from({ length: 50 }, () => availability.watch('event'));
    await Promise.all(watchers.map((views) => views.next()));
    for (stored.version = 2; stored.version < 100; stored.version += 1) notice();
    const seen = await Promise.all(watchers.map(async (views) => versionOf(await views.next())));
    expect(new Set(seen)).toEqual(new Set([100]));
    expect(stored.reads).toBeLessThan(10);
    await Promise.all(watchers.map(async (views) => views.return?.()));
  });

  test('finds what other processes have changed, and looks only while somebody watches', async () => {
    const { stored, availability, versionOf } = setUp();
    await availability.component.start();
    const views = availability.watch('event');
    expect(versionOf(await views.next())).toBe(1);
    stored.version = 7;
    expect(versionOf(await views.next())).toBe(7);
    await views.return?.();
    const polls = stored.polls;
    const again = availability.watch('other');
    await waitUntil(() => stored.polls > polls);
    await again.return?.();
    await availability.component.stop();
  });

  test('never goes back', async () => {
    const { stored, availability, versionOf, notice } = setUp();
    const views = availability.watch('event');
    stored.version = 5;
    expect(versionOf(await views.next())).toBe(5);
    stored.version = 4;
    notice();
    const next = views.next();
    stored.version = 6;
    notice();
    expect(versionOf(await next)).toBe(6);
    await views.return?.();
  });
});
