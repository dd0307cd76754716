import { newId } from '@foyer/platform';
import type { ExecutionResult } from 'graphql';
import { createTestOrders, type OrderView, type TestOrders } from './testing/createTestOrders.js';

const UPDATED = `subscription ($id: ID) { orderUpdated(orderId: $id) { id status version tickets { id } } }`;

describe('orderUpdated', () => {
  let orders: TestOrders;
  let offerId: string;
  beforeAll(async () => {
    orders = await createTestOrders();
    offerId = await orders.offer(await orders.event(), 100, 2500);
  });
  afterAll(() => orders.stop());

  const take = async (stream: AsyncIterableIterator<ExecutionResult>): Promise<OrderView> => {
    const { value } = (await stream.next()) as { readonly value: ExecutionResult };
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return (value.data as { readonly orderUpdated: OrderView }).orderUpdated;
  };
  const until = async (
    stream: AsyncIterableIterator<ExecutionResult>,
    id: string,
    status: string,
  ): Promise<OrderView> => {
    let last = 0;
    for (;;) {
      const order = await take(stream);
      if (order.id !== id) continue;
      expect(order.version).toBeGreaterThan(last);
      last = order.version;
      if (order.status === status) return order;
    }
  };

  test('shows the order at once, then every change, never an older version', async () => {
    const buyer = await orders.buyer();
    const placed = await orders.placed(buyer, offerId, 1, 2675);
    const stream = await orders.follow(buyer, UPDATED, { id: placed.id });
    expect(await take(stream)).toMatchObject({ id: placed.id, status: 'PENDING', version: placed.version });
    const completed = until(stream, placed.id, 'COMPLETED');
    await orders.pay(placed.payment?.id ?? '');
    expect((await completed).tickets).toHaveLength(1);
    await stream.return?.();
    expect(await stream.next()).toMatchObject({ done: true });
  });

  test('without an id shows all own orders, those to come too, and nobody else’s', async () => {
    const [buyer, other] = [await orders.buyer(), await orders.buyer()];
    const first = await orders.placed(buyer, offerId, 1, 2675);
    const stream = await orders.follow(buyer, UPDATED);
    expect((await take(stream)).id).toBe(first.id);
    await orders.placed(other, offerId, 1, 2675);
    const second = orders.placed(buyer, offerId, 1, 2675);
    const next = await take(stream);
    expect(next.id).toBe((await second).id);
    await stream.return?.();
  });

  test('is for those who may see the order', async () => {
    const placed = await orders.placed(await orders.buyer(), offerId, 1, 2675);
    const owner = await orders.follow(orders.owner, UPDATED, { id: placed.id });
    expect((await take(owner)).id).toBe(placed.id);
    await owner.return?.();
    for (const id of [placed.id, newId(), 'x']) {
      await expect(orders.follow(await orders.buyer(), UPDATED, { id }).then(take)).rejects.toThrow(
        'NOT_FOUND',
      );
    }
    const guest = orders.follow({ kind: 'guest', address: '' }, UPDATED, { id: placed.id });
    await expect(guest.then(take)).rejects.toThrow('UNAUTHENTICATED');
  });
});
