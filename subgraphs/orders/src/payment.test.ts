import {
  InventoryExpired,
  PaymentCompleted,
  PaymentExpired,
  PaymentFailed,
  PaymentRefunded,
} from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { createTestOrders, type OrderView, type TestOrders } from './testing/createTestOrders.js';

describe('the payment of an order', () => {
  let orders: TestOrders;
  let buyer: Identity & { readonly kind: 'user' };
  let offerId: string;
  beforeAll(async () => {
    orders = await createTestOrders();
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    buyer = await orders.buyer();
    offerId = await orders.offer(await orders.event(), 1, 2500);
    orders.fakes.fault = () => null;
  });

  const paymentOf = (order: OrderView | undefined): string => order?.payment?.id ?? '';
  const eventOf = (order: OrderView, paymentId = paymentOf(order)) => {
    const { orderId = order.id, amount = { amount: 2675, currency: 'EUR' } } =
      orders.fakes.payments.get(paymentId) ?? {};
    return { paymentId, orderId, provider: 'SANDBOX', amount };
  };
  const decline = (order: OrderView) =>
    orders.tell(
      'payment-events',
      testEvent(PaymentFailed, { data: { ...eventOf(order), reason: 'No money.' } }),
    );
  const retry = (orderId: string, more = {}) =>
    orders.mutate(buyer, 'retryPayment', {
      orderId,
      paymentProvider: 'SANDBOX',
      idempotencyKey: newId(),
      ...more,
    });
  /** The hold ends: inventory says so. */
  const expire = async (orderId: string) => {
    const hold = orders.fakes.holds.get(orderId);
    if (hold?.state === 'HELD') hold.state = 'EXPIRED';
    const line = { offerId, listingId: newId(), quantity: 1 };
    await orders.tell('inventory-events', testEvent(InventoryExpired, { data: { orderId, lines: [line] } }));
    await orders.quiet();
  };
  /** What payments tells once it has carried out the refunds it was asked for. */
  const refundsDone = async (paymentId: string) => {
    await orders.quiet();
    const payment = orders.fakes.payments.get(paymentId);
    for (const [refundId, amount] of payment?.refunds ?? []) {
      const refunded = { amount, currency: 'EUR' };
      const { orderId = '', amount: whole = refunded } = payment ?? {};
      const data = {
        paymentId,
        orderId,
        provider: 'SANDBOX',
        amount: whole,
        refundId,
        refunded,
        reason: 'asked',
      };
      await orders.tell('payment-events', testEvent(PaymentRefunded, { data }));
    }
  };

  test('declined, then paid at the second attempt', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    await decline(order);
    expect(await orders.order(order.id)).toMatchObject({ status: 'PENDING' });
    expect(await orders.published('order.payment-failed')).toHaveLength(1);
    const idempotencyKey = newId();
    const answers = await Promise.all([1, 2, 3].map(() => retry(order.id, { idempotencyKey })));
    const ids = new Set(answers.map((answer) => paymentOf(answer.order)));
    expect(ids.size).toBe(1);
    const [second] = [...ids];
    expect(second).not.toBe(paymentOf(order));
    await orders.pay(second ?? '');
    await orders.until(order.id, 'COMPLETED');
    expect(orders.fakes.money).toBeGreaterThanOrEqual(2675);
  });

  test('replaced closes the one before, and never makes two that can be paid', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    const answers = await Promise.all([retry(order.id), retry(order.id)]);
    expect(answers.filter((answer) => answer.order)).toHaveLength(1);
    expect(orders.fakes.payments.get(paymentOf(order))?.status).toBe('CANCELLED');
    const open = [...orders.fakes.payments.values()].filter(
      (each) => each.orderId === order.id && each.status === 'PENDING',
    );
    expect(open).toHaveLength(1);
  });

  test('that was paid while it should be replaced makes no second one', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    const payment = orders.fakes.payments.get(paymentOf(order));
    if (payment) payment.status = 'COMPLETED';
    expect((await retry(order.id)).order?.id).toBe(order.id);
    await orders.until(order.id, 'COMPLETED');
    // The event comes after what cancelPayment said: told twice, counted once.
    await orders.tell(
      'payment-events',
      testEvent(PaymentCompleted, { data: { ...eventOf(order), at: new Date().toISOString() } }),
    );
    await orders.quiet();
    expect((await orders.order(order.id)).history.filter(({ kind }) => kind === 'PAID')).toHaveLength(1);
    expect(payment?.refunds.size).toBe(0);
  });

  test('with a provider that nobody knows leaves the order to be paid another way', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    expect(await retry(order.id, { paymentProvider: 'NOBODY' })).toMatchObject({ code: 'UNKNOWN_PROVIDER' });
    const { order: again } = await retry(order.id);
    await orders.pay(paymentOf(again));
    await orders.until(order.id, 'COMPLETED');
  });

  test('told three times completes once', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    const payment = orders.fakes.payments.get(paymentOf(order));
    if (payment) payment.status = 'COMPLETED';
    const data = { ...eventOf(order), at: new Date().toISOString() };
    await orders.tell(
      'payment-events',
      ...[1, 2, 3].map((aggregateVersion) => testEvent(PaymentCompleted, { data, aggregateVersion })),
    );
    const completed = await orders.until(order.id, 'COMPLETED');
    await orders.quiet();
    expect(completed.tickets).toHaveLength(1);
    expect(payment?.refunds.size).toBe(0);
    // Late news of a decline change nothing.
    await decline(order);
    expect(await orders.order(order.id)).toMatchObject({ status: 'COMPLETED' });
  });

  test('never made until the hold ends cancels the order; nothing can be paid after that', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    await expire(order.id);
    expect(await orders.order(order.id)).toMatchObject({
      status: 'CANCELLED',
      reason: 'NOT_PAID_IN_TIME',
      payBy: null,
    });
    expect(orders.fakes.payments.get(paymentOf(order))?.status).toBe('CANCELLED');
    await orders.tell('payment-events', testEvent(PaymentExpired, { data: eventOf(order) }));
    expect(await retry(order.id)).toMatchObject({ code: 'NOT_IN_STATE' });
    await orders.placed(await orders.buyer(), offerId, 1, 2675);
  });

  test('never made cancels the order by its own clock as well, when inventory’s word does not come', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    await orders.pool.query(
      `update orders set hold_expires_at = foyer_now() - interval '1 minute' where id = $1`,
      [order.id],
    );
    expect(await orders.until(order.id, 'CANCELLED')).toMatchObject({ reason: 'NOT_PAID_IN_TIME' });
  });

  test('made while the order is closed for want of it completes the order', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    const payment = orders.fakes.payments.get(paymentOf(order));
    if (payment) payment.status = 'COMPLETED';
    await expire(order.id);
    await orders.until(order.id, 'COMPLETED');
  });

  test('that comes after the end buys what is still there', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    await expire(order.id);
    await orders.pay(paymentOf(order));
    const completed = await orders.until(order.id, 'COMPLETED');
    expect(completed).toMatchObject({ reason: null });
    expect(completed.tickets).toHaveLength(1);
  });

  test('that comes after the end, when all is sold, goes back by itself and says so', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    await expire(order.id);
    const other = await orders.placed(await orders.buyer(), offerId, 1, 2675);
    await orders.pay(paymentOf(order));
    await orders.quiet();
    expect(await orders.order(order.id)).toMatchObject({
      status: 'CANCELLED',
      reason: 'SOLD_OUT_AFTER_PAYMENT',
    });
    await refundsDone(paymentOf(order));
    expect(await orders.order(order.id)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 2675 } });
    await orders.pay(paymentOf(other));
    await orders.until(other.id, 'COMPLETED');
    expect(orders.fakes.taken(offerId)).toBe(1);
  });

  test('that comes for an order that its buyer cancelled goes back, though units are left', async () => {
    const before = orders.fakes.asked.length;
    const order = await orders.placed(buyer, offerId, 1, 2675);
    expect((await orders.mutate(buyer, 'cancelOrder', { orderId: order.id })).order).toMatchObject({
      status: 'CANCELLED',
      reason: 'BY_BUYER',
    });
    await orders.quiet();
    expect(orders.fakes.payments.get(paymentOf(order))?.status).toBe('CANCELLED');
    await orders.pay(paymentOf(order));
    await refundsDone(paymentOf(order));
    expect(await orders.order(order.id)).toMatchObject({
      status: 'REFUNDED',
      reason: 'BY_BUYER',
      tickets: [],
    });
    expect(orders.fakes.taken(offerId)).toBe(0);
    expect(orders.fakes.asked.slice(before)).not.toContain('ConfirmHold');
  });

  test('made a second time goes back, and the order stays bought', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    const { order: again } = await retry(order.id);
    await orders.pay(paymentOf(again));
    await orders.until(order.id, 'COMPLETED');
    await orders.pay(paymentOf(order));
    await refundsDone(paymentOf(order));
    expect(await orders.order(order.id)).toMatchObject({ status: 'COMPLETED', refunded: { amount: 2675 } });
    expect(orders.fakes.payments.get(paymentOf(again))?.refunds.size).toBe(0);
  });

  test('by one that was closed buys the order, and the open one is closed instead', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    const { order: again } = await retry(order.id);
    await orders.pay(paymentOf(order));
    await orders.until(order.id, 'COMPLETED');
    await orders.quiet();
    expect(orders.fakes.payments.get(paymentOf(again))?.status).toBe('CANCELLED');
  });

  test('can’t be tried again by somebody else, nor for what is unknown', async () => {
    const order = await orders.placed(buyer, offerId, 1, 2675);
    const input = { orderId: order.id, paymentProvider: 'SANDBOX', idempotencyKey: newId() };
    expect(await orders.mutate(await orders.buyer(), 'retryPayment', input)).toMatchObject({
      code: 'NOT_FOUND',
    });
    for (const orderId of [newId(), 'x']) expect(await retry(orderId)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
