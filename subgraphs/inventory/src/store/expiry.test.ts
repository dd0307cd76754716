import { newId } from '@foyer/platform';
import {
  confirmOf,
  createTestStores,
  holdOf,
  releaseOf,
  type TestStores,
} from '../testing/createTestStore.js';
import { reconcile } from './reconcile.js';
import { sweep } from './sweep.js';

describe('the end of a hold', () => {
  let system: TestStores;

  beforeAll(async () => {
    system = await createTestStores();
  });
  afterEach(async () => {
    expect(await reconcile(system.pool)).toEqual([]);
  });
  afterAll(async () => system.stop());

  /** An order whose hold of everything has run out, and nobody has swept. */
  async function expired(total = 1, limit = 10) {
    const offer = await system.offer(await system.listing(), { total, limit });
    const request = holdOf(offer, { quantity: total });
    await system.stores[0].hold(request);
    await system.expire(request.orderId);
    return { offer, ...request };
  }

  test('units count as free the moment the time is over, swept or not', async () => {
    const { offer, orderId } = await expired(3);
    expect(await system.stores[1].hold(holdOf(offer, { quantity: 2 }))).toMatchObject({
      __typename: 'OffersHeld',
    });
    expect(await system.counters(offer)).toEqual({ reserved: 2, sold: 0 });
    expect(await system.told(orderId)).toEqual(['inventory.held', 'inventory.expired']);
  });

  test("the time is the database's, read after the lock", async () => {
    const offer = await system.offer(await system.listing(), { total: 1 });
    await system.stores[0].hold(holdOf(offer));
    const shifted = `alter database "${new URL(system.url).pathname.slice(1)}"`;
    await system.pool.query(`${shifted} set foyer.clock_shift = '14 minutes 50 seconds'`);
    expect(await system.open().hold(holdOf(offer))).toMatchObject({ code: 'HELD' });
    await system.pool.query(`${shifted} set foyer.clock_shift = '15 minutes 1 second'`);
    expect(await system.open().hold(holdOf(offer))).toMatchObject({ __typename: 'OffersHeld' });
    await system.pool.query(`${shifted} reset foyer.clock_shift`);
  });

  test("a person's own expired hold does not count towards the limit", async () => {
    const { offer, personId } = await expired(2, 2);
    expect(await system.stores[1].hold(holdOf(offer, { personId, quantity: 2 }))).toMatchObject({
      __typename: 'OffersHeld',
    });
  });

  test('the same order again gets its old answer, and no new time', async () => {
    const { orderId, personId, lines } = await expired();
    const again = await system.stores[1].hold({ ...holdOf(newId()), orderId, personId, lines });
    expect(again.__typename === 'OffersHeld' && again.expiresAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('confirming succeeds when nobody has taken the units, swept or not', async () => {
    const unswept = await expired(2);
    expect(await system.stores[1].confirm(confirmOf(unswept.orderId))).toMatchObject({
      __typename: 'HoldConfirmed',
    });
    expect(await system.counters(unswept.offer)).toEqual({ reserved: 0, sold: 2 });

    const swept = await expired(2);
    await sweep(system.pool, system.stores[0]);
    expect(await system.counters(swept.offer)).toEqual({ reserved: 0, sold: 0 });
    expect(await system.stores[1].confirm(confirmOf(swept.orderId))).toMatchObject({
      __typename: 'HoldConfirmed',
    });
    expect(await system.counters(swept.offer)).toEqual({ reserved: 0, sold: 2 });
    expect(await system.told(swept.orderId)).toEqual([
      'inventory.held',
      'inventory.expired',
      'inventory.confirmed',
    ]);
  });

  test('confirming is refused when others have the units, and changes nothing', async () => {
    const { offer, orderId } = await expired(2);
    const other = holdOf(offer);
    await system.stores[1].hold(other);
    expect(await system.stores[0].confirm(confirmOf(orderId))).toMatchObject({ code: 'HELD', available: 1 });
    await system.stores[1].confirm(confirmOf(other.orderId));
    expect(await system.stores[0].confirm(confirmOf(orderId))).toMatchObject({
      code: 'SOLD_OUT',
      available: 1,
    });
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 1 });
  });

  test('confirming is refused when the limit no longer allows it', async () => {
    const { offer, orderId, personId } = await expired(2, 2);
    const other = holdOf(offer, { personId });
    await system.stores[1].hold(other);
    expect(await system.stores[0].confirm(confirmOf(orderId))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      available: 1,
    });
  });

  test('a confirmation and a hold race for expired units: one of them has them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { offer, orderId } = await expired();
      const [confirmed, held] = await Promise.all([
        system.stores[0].confirm(confirmOf(orderId)),
        system.stores[1].hold(holdOf(offer)),
      ]);
      const winners = [confirmed.__typename === 'HoldConfirmed', held.__typename === 'OffersHeld'];
      expect(winners.filter(Boolean)).toHaveLength(1);
    }
  });

  test('the sweeper gives units back, once, also when two sweep', async () => {
    const { offer, orderId } = await expired(5);
    await Promise.all(system.stores.map((store) => sweep(system.pool, store)));
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 0 });
    expect(await system.told(orderId)).toEqual(['inventory.held', 'inventory.expired']);
    await system.stores[0].release(releaseOf(orderId));
    expect(await system.told(orderId)).toEqual(['inventory.held', 'inventory.expired']);
    expect(await system.stores[0].confirm(confirmOf(orderId))).toMatchObject({ code: 'RELEASED' });
  });
});
