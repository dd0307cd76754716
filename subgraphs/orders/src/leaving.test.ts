import { newId, type Identity } from '@foyer/platform';
import { watchStatements } from '@foyer/platform/testing';
import { createTestOrders, PLACE, type Answer, type TestOrders } from './testing/createTestOrders.js';

/**
 * Whoever places an order and goes away, at whatever instant, has placed it: at every await of `placeOrder`, before and
 * after, a caller leaves, and asks again under the same key.
 */
describe('a buyer who leaves', () => {
  let orders: TestOrders;
  let offerId: string;
  /** Called at each statement and each call of another subgraph, before it and after. */
  let atAwait: () => void = () => undefined;
  let restore: () => void = () => undefined;

  beforeAll(async () => {
    orders = await createTestOrders();
    offerId = await orders.offer(await orders.event(), 10_000, 2500);
    const tell = (): void => {
      atAwait();
    };
    restore = watchStatements({ sent: tell, answered: tell });
    orders.fakes.fault = () => {
      atAwait();
      return null;
    };
  });
  afterAll(async () => {
    restore();
    await orders.stop();
  });

  /** Places an order and leaves at the nth await. @returns whether there were so many. */
  async function leaveAt(n: number, buyer: Identity, input: object): Promise<boolean> {
    const leaving = new AbortController();
    let count = 0;
    atAwait = () => {
      count += 1;
      if (count === n) leaving.abort();
    };
    const placing = orders.platform.run(orders.subgraph, buyer, PLACE, { input }, leaving.signal);
    await placing.catch(() => undefined);
    return leaving.signal.aborted;
  }

  test('at any await has placed it once, and hears so when asking again', async () => {
    let reached = 0;
    for (let n = 1; ; n += 1) {
      const buyer = await orders.buyer();
      const input = {
        idempotencyKey: newId(),
        paymentProvider: 'SANDBOX',
        lines: [{ offerId, quantity: 1 }],
        expectedTotal: { amount: 2675, currency: 'EUR' },
      };
      if (!(await leaveAt(n, buyer, input))) break;
      reached = n;
      atAwait = () => undefined;
      const again: Answer = await orders.place(buyer, input);
      expect(again.order).toMatchObject({ status: 'PENDING' });
      expect(again.order?.payment).not.toBeNull();
      const { rows } = await orders.pool.query('select id from orders where buyer_id = $1', [
        buyer.kind === 'user' ? buyer.userId : '',
      ]);
      expect(rows).toEqual([{ id: again.order?.id }]);
    }
    // Were it not hooked in, it would end at once.
    expect(reached).toBeGreaterThan(10);
  });
});
