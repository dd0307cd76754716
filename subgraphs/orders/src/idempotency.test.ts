import { newId } from '@foyer/platform';
import { createTestOrders, type TestOrders } from './testing/createTestOrders.js';

describe('idempotency keys', () => {
  let orders: TestOrders;
  let offerId: string;
  const expectedTotal = { amount: 2675, currency: 'EUR' };
  beforeAll(async () => {
    orders = await createTestOrders({ processes: 2, environment: { ORDERS_POOL_SIZE: '16' } });
    offerId = await orders.offer(await orders.event(), 100, 2500);
  });
  afterAll(() => orders.stop());
  afterEach(() => {
    orders.fakes.fault = () => null;
  });

  test('make five calls at once, in two processes, one order', async () => {
    const buyer = await orders.buyer();
    const input = { idempotencyKey: newId(), lines: [{ offerId, quantity: 1 }], expectedTotal };
    const before = orders.fakes.asked.length;
    const answers = await Promise.all([0, 1, 0, 1, 0].map((process) => orders.place(buyer, input, process)));
    const ids = new Set(answers.map(({ order }) => order?.id));
    expect(ids.size).toBe(1);
    expect([...ids][0]).toBeDefined();
    for (const { order } of answers) expect(order?.payment).not.toBeNull();
    expect(orders.fakes.asked.slice(before)).toEqual(['HoldOffers', 'CreatePayment']);
    const { rows } = await orders.pool.query('select 1 from orders where buyer_id = $1', [buyer.userId]);
    expect(rows).toHaveLength(1);
  });

  test('give a second call during the first its answer, and not before', async () => {
    const buyer = await orders.buyer();
    const input = { idempotencyKey: newId(), lines: [{ offerId, quantity: 1 }], expectedTotal };
    let proceed = (): void => undefined;
    const held = new Promise<void>((resolve) => (proceed = resolve));
    let reached = (): void => undefined;
    const asked = new Promise<void>((resolve) => (reached = resolve));
    orders.fakes.fault = async (operation) => {
      if (operation === 'CreatePayment') {
        reached();
        await held;
      }
      return null;
    };
    const first = orders.place(buyer, input, 0);
    await asked;
    let answered = false;
    const second = orders.place(buyer, input, 1).finally(() => (answered = true));
    await orders.place(buyer, { ...input, lines: [{ offerId, quantity: 2 }] }, 1).then(({ code }) => {
      expect(code).toBe('IDEMPOTENCY_KEY_REUSED');
    });
    expect(answered).toBe(false);
    proceed();
    expect((await second).order?.id).toBe((await first).order?.id);
    expect((await second).order?.payment).not.toBeNull();
  });

  test('belong to one person', async () => {
    const idempotencyKey = newId();
    const input = { idempotencyKey, lines: [{ offerId, quantity: 1 }], expectedTotal };
    const [one, other] = [await orders.buyer(), await orders.buyer()];
    const first = await orders.place(one, input);
    expect((await orders.place(other, input)).order?.id).not.toBe(first.order?.id);
  });

  test('of refused calls are free again, and those who waited hear the refusal', async () => {
    const buyer = await orders.buyer();
    const scarce = await orders.offer(await orders.event(), 1, 2500);
    const first = await orders.buyer();
    const blocker = await orders.placed(first, scarce, 1, 2675);
    const input = { idempotencyKey: newId(), lines: [{ offerId: scarce, quantity: 1 }], expectedTotal };
    const refused = await Promise.all([0, 1, 0].map((process) => orders.place(buyer, input, process)));
    expect(refused.map(({ code }) => code)).toEqual(['HELD', 'HELD', 'HELD']);
    await orders.mutate(first, 'cancelOrder', { orderId: blocker.id });
    await orders.quiet();
    expect((await orders.place(buyer, input)).order?.status).toBe('PENDING');
  });

  test('are forgotten after 24 hours', async () => {
    const buyer = await orders.buyer();
    const input = { idempotencyKey: newId(), lines: [{ offerId, quantity: 1 }], expectedTotal };
    const first = await orders.place(buyer, input);
    expect((await orders.place(buyer, input)).order?.id).toBe(first.order?.id);
    await orders.pool.query(
      `update idempotency_key set created_at = created_at - interval '24 hours' where person_id = $1`,
      [buyer.userId],
    );
    expect((await orders.place(buyer, input)).order?.id).not.toBe(first.order?.id);
  });

  test('answer the order that stands, even when the sale is over by then', async () => {
    const buyer = await orders.buyer();
    const input = { idempotencyKey: newId(), lines: [{ offerId, quantity: 1 }], expectedTotal };
    const first = await orders.place(buyer, input);
    await orders.pay(first.order?.payment?.id ?? '');
    await orders.until(first.order?.id ?? '', 'COMPLETED');
    expect((await orders.place(buyer, input)).order).toMatchObject({
      id: first.order?.id,
      status: 'COMPLETED',
    });
  });
});
