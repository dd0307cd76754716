import { newId } from '@foyer/platform';
import { createOutbox, type Outbox } from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import {
  confirmOf,
  createTestStores,
  holdOf,
  releaseOf,
  type TestStores,
} from '../testing/createTestStore.js';
import { reconcile } from './reconcile.js';

describe('release', () => {
  let system: TestStores;

  beforeAll(async () => {
    system = await createTestStores();
  });
  afterEach(async () => {
    expect(await reconcile(system.pool)).toEqual([]);
  });
  afterAll(async () => system.stop());

  const isBlocked = async (): Promise<boolean> => {
    const { rows } = await system.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  };

  test('gives held and sold units back, once', async () => {
    const offer = await system.offer(await system.listing(), { total: 5 });
    const [held, sold] = [holdOf(offer, { quantity: 2 }), holdOf(offer, { quantity: 3 })];
    for (const request of [held, sold]) await system.stores[0].hold(request);
    await system.stores[0].confirm(confirmOf(sold.orderId));
    for (const { orderId } of [held, sold, held, sold]) {
      expect(await system.stores[1].release(releaseOf(orderId))).toEqual({
        __typename: 'HoldReleased',
        orderId,
      });
    }
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 0 });
    expect(await system.told(sold.orderId)).toEqual([
      'inventory.held',
      'inventory.confirmed',
      'inventory.released',
    ]);
    expect(await system.stores[0].confirm(confirmOf(held.orderId))).toMatchObject({ code: 'RELEASED' });
  });

  test('of single units is idempotent, and the rest comes back with the order', async () => {
    const offer = await system.offer(await system.listing(), { total: 5 });
    const { orderId, ...request } = holdOf(offer, { quantity: 4 });
    await system.stores[0].hold({ ...request, orderId });
    await system.stores[0].confirm(confirmOf(orderId));
    const lines = [{ offerId: offer, quantity: 3 }];
    const returning = { kind: 'return', returnId: newId(), orderId, lines, correlationId: null } as const;
    await Promise.all([0, 1, 0, 1].map((index) => system.stores[index === 0 ? 0 : 1].returnUnits(returning)));
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 1 });
    await expect(system.stores[0].returnUnits({ ...returning, returnId: newId() })).rejects.toThrow(
      'not so many units',
    );
    await system.stores[0].release(releaseOf(orderId));
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 0 });
  });

  test('before the hold leaves a tombstone: the hold is refused', async () => {
    const offer = await system.offer(await system.listing());
    const request = holdOf(offer);
    await Promise.all(system.stores.map((store) => store.release(releaseOf(request.orderId))));
    expect(await system.stores[0].hold(request)).toMatchObject({ code: 'RELEASED' });
    expect(await system.stores[0].confirm(confirmOf(request.orderId))).toMatchObject({ code: 'RELEASED' });
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 0 });
  });

  test('overtakes a hold that waits for its lock: the hold is refused', async () => {
    const offer = await system.offer(await system.listing());
    const request = holdOf(offer);
    const blocker = await system.pool.connect();
    await blocker.query('begin');
    await blocker.query('select from offer where id = $1 for update', [offer]);
    const holding = system.stores[0].hold(request);
    await waitUntil(isBlocked);
    await system.stores[1].release(releaseOf(request.orderId));
    await blocker.query('rollback');
    blocker.release();
    expect(await holding).toMatchObject({ code: 'RELEASED' });
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 0 });
  });

  test('comes between decision and write of a hold: its group is decided again, one by one', async () => {
    const offer = await system.offer(await system.listing());
    const [overtaken, other] = [holdOf(offer), holdOf(offer)];
    const gate = await system.pool.connect();
    await gate.query('select pg_advisory_lock(7)');
    await system.pool.query(
      `create function wait_at_gate() returns trigger language plpgsql as
         $$ begin perform pg_advisory_xact_lock_shared(7); return new; end $$;
       create trigger gate before insert on hold for each row when (new.state = 'HELD') execute function wait_at_gate()`,
    );
    const holding = Promise.all([system.stores[0].hold(overtaken), system.stores[0].hold(other)]);
    await waitUntil(isBlocked);
    await system.stores[1].release(releaseOf(overtaken.orderId));
    await gate.query('select pg_advisory_unlock(7)');
    gate.release();
    const answers = await holding;
    await system.pool.query('drop trigger gate on hold');
    expect(answers).toMatchObject([{ code: 'RELEASED' }, { __typename: 'OffersHeld' }]);
    expect(await system.counters(offer)).toEqual({ reserved: 1, sold: 0 });
  });

  test('comes while a hold is about to commit: it waits, and releases it', async () => {
    const offer = await system.offer(await system.listing());
    const request = holdOf(offer);
    const releasing: Promise<unknown>[] = [];
    const outbox = createOutbox('inventory');
    const slow: Outbox = {
      ...outbox,
      async appendCounted(sql, at, events) {
        releasing.push(system.stores[1].release(releaseOf(request.orderId)));
        await waitUntil(isBlocked);
        return outbox.appendCounted(sql, at, events);
      },
    };
    expect(await system.open({ outbox: slow }).hold(request)).toMatchObject({ __typename: 'OffersHeld' });
    await Promise.all(releasing);
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 0 });
    expect(await system.told(request.orderId)).toEqual(['inventory.held', 'inventory.released']);
  });

  test('right behind its hold, in the same process, releases it', async () => {
    const offer = await system.offer(await system.listing());
    const request = holdOf(offer);
    const [held] = await Promise.all([
      system.stores[0].hold(request),
      system.stores[0].release(releaseOf(request.orderId)),
    ]);
    expect(held).toMatchObject({ __typename: 'OffersHeld' });
    expect(await system.counters(offer)).toEqual({ reserved: 0, sold: 0 });
  });
});
