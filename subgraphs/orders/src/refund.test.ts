import { EventCancelled, EventUpdated, PaymentRefunded, PaymentRefundFailed } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { person, waitUntil } from '@foyer/platform/testing';
import {
  createTestOrders,
  publishedEvent,
  type OrderView,
  type TestOrders,
} from './testing/createTestOrders.js';

type User = Identity & { readonly kind: 'user' };

describe('money that goes back', () => {
  let orders: TestOrders;
  let buyer: User;
  let eventId: string;
  let offerId: string;
  beforeAll(async () => {
    orders = await createTestOrders({ environment: { ORDERS_POOL_SIZE: '16' } });
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    buyer = await orders.buyer();
    eventId = await orders.event();
    offerId = await orders.offer(eventId, 10, 333);
    orders.fakes.fault = () => null;
  });

  /** Three tickets for 3 × 3.33 + 7 % = 10.69: shares of 3.56, 3.56 and 3.57. */
  const bought = async (quantity = 3, total = 1069): Promise<OrderView> => {
    const { id, payment } = await orders.placed(buyer, offerId, quantity, total);
    await orders.pay(payment?.id ?? '');
    await orders.until(id, 'COMPLETED');
    return orders.order(id, buyer);
  };
  const refund = (order: OrderView, more: object = {}, as: Identity = orders.owner) =>
    orders.mutate(as, 'refundPayment', {
      orderId: order.id,
      reason: 'Ill.',
      idempotencyKey: newId(),
      ...more,
    });
  const refundsOf = (order: OrderView) =>
    orders.fakes.payments.get(order.payment?.id ?? '')?.refunds ?? new Map<string, number>();
  const eventsOf = (order: OrderView) => {
    const paymentId = order.payment?.id ?? '';
    const amount = { amount: order.total.amount, currency: 'EUR' };
    return [...refundsOf(order)].map(([refundId, refunded]) => ({
      paymentId,
      orderId: order.id,
      provider: 'SANDBOX',
      amount,
      refundId,
      refunded: { amount: refunded, currency: 'EUR' },
      reason: 'asked',
    }));
  };
  const done = async (order: OrderView): Promise<OrderView> => {
    await orders.quiet();
    for (const data of eventsOf(order))
      await orders.tell('payment-events', testEvent(PaymentRefunded, { data }));
    return orders.order(order.id, buyer);
  };
  const cancel = (order: OrderView, as: Identity = buyer) =>
    orders.mutate(as, 'cancelOrder', { orderId: order.id });

  test('for single tickets is their exact share; the last one makes the order refunded', async () => {
    const order = await bought();
    const [first, second, third] = order.tickets;
    const key = newId();
    const twice = await Promise.all(
      [1, 2].map(() => refund(order, { ticketIds: [first?.id], idempotencyKey: key })),
    );
    for (const answer of twice) expect(answer.__typename).toBe('RefundPaymentPayload');
    const partly = await done(order);
    expect(partly).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { amount: 356 } });
    expect(partly.tickets.map(({ status }) => status)).toEqual(['REFUNDED', 'VALID', 'VALID']);
    expect(orders.fakes.taken(offerId)).toBe(2);
    await refund(order, { ticketIds: [second?.id, third?.id] });
    expect(await done(order)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 1069 } });
    expect(orders.fakes.taken(offerId)).toBe(0);
    expect([...refundsOf(order).values()].sort()).toEqual([356, 713]);
    const events = (await orders.published('order.refunded')).filter((each) => each['full'] === true);
    expect(events).toHaveLength(1);
  });

  test('for the same ticket under parallel calls goes back once', async () => {
    const order = await bought();
    const ticketIds = [order.tickets[0]?.id];
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(order, { ticketIds })));
    expect(answers.filter(({ __typename }) => __typename === 'RefundPaymentPayload')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'INVALID_INPUT')).toHaveLength(9);
    await orders.quiet();
    expect([...refundsOf(order).values()]).toEqual([356]);
  });

  test('for the rest of an order after single tickets is what is left', async () => {
    const order = await bought();
    await refund(order, { ticketIds: [order.tickets[0]?.id] });
    await orders.quiet();
    expect((await refund(order)).order).toMatchObject({ status: 'CANCELLED', reason: 'BY_ORGANIZATION' });
    expect(await done(order)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 1069 } });
    expect([...refundsOf(order).values()].sort()).toEqual([356, 713]);
    expect(orders.fakes.taken(offerId)).toBe(0);
  });

  test('is asked for by owners, admins and staff only, for tickets of the order that are good', async () => {
    const order = await bought();
    const other = await bought();
    const ticketIds = [order.tickets[0]?.id];
    expect(await refund(order, { ticketIds }, buyer)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refund(order, { ticketIds }, orders.door)).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await refund(order, { ticketIds: [other.tickets[0]?.id] })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await refund(order, { ticketIds: [] })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refund({ ...order, id: newId() }, { ticketIds })).toMatchObject({ code: 'NOT_FOUND' });
    expect(refundsOf(order).size).toBe(0);
    expect((await refund(order, { ticketIds }, person(newId(), 'MANAGER'))).__typename).toBe(
      'RefundPaymentPayload',
    );
  });

  test('goes back when the buyer cancels in time, not when it is too late or a ticket was used', async () => {
    const order = await bought();
    expect((await cancel(order)).order).toMatchObject({ status: 'CANCELLED', reason: 'BY_BUYER' });
    expect((await cancel(order)).order).toMatchObject({ status: 'CANCELLED' });
    expect(await done(order)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 1069 } });
    expect(orders.fakes.taken(offerId)).toBe(0);
    expect(await cancel(order)).toMatchObject({ code: 'NOT_IN_STATE' });

    const { configuration } = publishedEvent(orders.organizationId);
    for (const cancellableUntil of [null, new Date(Date.now() - 1000).toISOString()]) {
      eventId = await orders.event({
        configuration: configuration && { ...configuration, cancellableUntil },
      });
      offerId = await orders.offer(eventId, 10, 333);
      expect(await cancel(await bought())).toMatchObject({
        __typename: 'NotCancellable',
        code: 'NOT_CANCELLABLE',
      });
      // Before it is paid there is no policy.
      expect((await cancel(await orders.placed(buyer, offerId, 1, 356))).order?.status).toBe('CANCELLED');
    }
  });

  /** As the door does it. */
  const letIn = `update ticket set state = 'REDEEMED', redeemed_at = foyer_now(), redeemed_by = id where id = $1`;

  test.each([
    ['the buyer', () => buyer],
    ['the organizer', () => orders.owner],
  ] as const)('is not given for a ticket that is let in while %s cancels', async (_, who) => {
    const order = await bought();
    const door = await orders.pool.connect();
    await door.query('begin');
    await door.query(letIn, [order.tickets[0]?.id]);
    const cancelled = cancel(order, who());
    const waits = `select from pg_locks where not granted and pid <> pg_backend_pid()`;
    await waitUntil(
      async () => (await orders.pool.query(waits)).rowCount !== 0,
      'cancelling waits for the door',
    );
    await door.query('commit');
    door.release();
    expect(await cancelled).toMatchObject({ code: 'NOT_CANCELLABLE' });
    await orders.quiet();
    expect(refundsOf(order).size).toBe(0);
    expect(await orders.order(order.id)).toMatchObject({ status: 'COMPLETED' });
  });

  test('for a used ticket is goodwill of owners and admins; it stays used, and its unit is not sold again', async () => {
    const order = await bought();
    const [used, good] = order.tickets;
    await orders.pool.query(letIn, [used?.id]);
    const staff = person(newId(), 'MANAGER');
    expect(await refund(order, { ticketIds: [used?.id] }, staff)).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await refund(order, {}, staff)).toMatchObject({ code: 'NOT_PERMITTED' });
    expect((await refund(order, { ticketIds: [good?.id] }, staff)).__typename).toBe('RefundPaymentPayload');
    expect((await refund(order, { ticketIds: [used?.id] })).__typename).toBe('RefundPaymentPayload');
    expect(await refund(order, { ticketIds: [used?.id] })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await done(order)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { amount: 712 } });
    expect((await refund(order)).__typename).toBe('RefundPaymentPayload');
    expect(await done(order)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 1069 } });
    const { tickets } = await orders.order(order.id, buyer);
    expect(tickets.map(({ status }) => status)).toEqual(['REDEEMED', 'REFUNDED', 'REFUNDED']);
    expect(orders.fakes.taken(offerId)).toBe(1);
  });

  test('of a cancelled event, days later too, goes back for what was not used', async () => {
    const [partly, whole] = [await bought(), await bought(1, 356)];
    await orders.pool.query(letIn, [partly.tickets[1]?.id]);
    await orders.pool.query(letIn, [whole.tickets[0]?.id]);
    const event = { ...publishedEvent(orders.organizationId), eventId, status: 'CANCELLED' as const };
    await orders.pool.query(
      `insert into event_cancellation (event_id, at) values ($1, foyer_now() - interval '9 days')`,
      [eventId],
    );
    await orders.tell(
      'catalog-events',
      testEvent(EventCancelled, { aggregateId: eventId, aggregateVersion: 5, data: event }),
    );
    await waitUntil(async () => {
      await orders.quiet();
      return refundsOf(partly).size === 1;
    }, 'the refund of what was not used');
    expect(await done(partly)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { amount: 713 } });
    expect(orders.fakes.taken(offerId)).toBe(2);
    expect(await orders.order(whole.id)).toMatchObject({ status: 'COMPLETED' });
  });

  test('goes back when the organizer cancels an order, whatever the policy', async () => {
    const { configuration } = publishedEvent(orders.organizationId);
    eventId = await orders.event({
      configuration: configuration && { ...configuration, cancellableUntil: null },
    });
    offerId = await orders.offer(eventId, 10, 333);
    const order = await bought();
    expect(await cancel(order, await orders.buyer())).toMatchObject({ code: 'NOT_FOUND' });
    expect((await cancel(order, orders.owner)).order).toMatchObject({
      status: 'CANCELLED',
      reason: 'BY_ORGANIZATION',
    });
    expect(await done(order)).toMatchObject({ status: 'REFUNDED' });
  });

  test('goes back to everybody when the event is cancelled, also to who pays at that very moment', async () => {
    const paid = await bought();
    const partly = await bought();
    await refund(partly, { ticketIds: [partly.tickets[0]?.id] });
    const waiting = await orders.placed(buyer, offerId, 1, 356);
    const free = await orders.offer(eventId, 10, 0);
    const gratis = await orders.placed(buyer, free, 1, 0);
    const event = { ...publishedEvent(orders.organizationId), eventId, status: 'CANCELLED' as const };
    const cancelled = testEvent(EventCancelled, { aggregateId: eventId, aggregateVersion: 5, data: event });
    await orders.tell('catalog-events', cancelled, cancelled);
    for (const { id } of [paid, partly, waiting, gratis]) {
      await orders.until(id, 'CANCELLED');
      expect(await orders.order(id)).toMatchObject({ reason: 'EVENT_CANCELLED' });
    }
    await orders.quiet();
    expect(orders.fakes.taken(offerId) + orders.fakes.taken(free)).toBe(0);
    for (const order of [paid, partly])
      expect(await done(order)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 1069 } });
    await orders.pay(waiting.payment?.id ?? '');
    expect(await done(waiting)).toMatchObject({ status: 'REFUNDED' });
    for (const order of [paid, gratis]) {
      expect((await orders.order(order.id)).tickets.every(({ status }) => status === 'VOID')).toBe(true);
    }
    const late = await orders.place(buyer, {
      lines: [{ offerId, quantity: 1 }],
      expectedTotal: { amount: 356, currency: 'EUR' },
    });
    expect(late).toMatchObject({ code: 'EVENT_CANCELLED' });
    // News of the event from before its end, late: nothing comes alive again.
    const before = testEvent(EventUpdated, {
      aggregateId: eventId,
      aggregateVersion: 4,
      data: { ...event, status: 'PUBLISHED' },
    });
    await orders.tell('catalog-events', before);
    expect(
      await orders.place(buyer, {
        lines: [{ offerId, quantity: 1 }],
        expectedTotal: { amount: 356, currency: 'EUR' },
      }),
    ).toMatchObject({
      code: 'EVENT_CANCELLED',
    });
  });

  test('that the provider refuses waits for an operator, and goes back under another name', async () => {
    const operator = person(newId(), 'MANAGER');
    const order = await bought();
    await refund(order);
    await orders.quiet();
    const [asked] = eventsOf(order);
    if (!asked) throw new Error('no refund was asked for');
    await orders.tell(
      'payment-events',
      testEvent(PaymentRefundFailed, { data: { ...asked, reason: 'The card is gone.' } }),
    );
    const parked = await parkedSagas(operator, order.id);
    expect(parked).toMatchObject([{ kind: 'REFUND', error: 'The card is gone.' }]);
    const resolve = (as: Identity) =>
      orders.mutate(as, 'resolveParkedSaga', { sagaId: parked[0]?.id, resolution: 'RETRY' });
    await expect(resolve(buyer)).rejects.toThrow('FORBIDDEN');
    refundsOf(order).clear();
    expect((await resolve(operator)).__typename).toBe('ResolveParkedSagaPayload');
    await orders.quiet();
    expect(eventsOf(order)[0]?.refundId).not.toBe(asked.refundId);
    expect(await done(order)).toMatchObject({ status: 'REFUNDED' });
    expect(await resolve(operator)).toMatchObject({ code: 'NOT_IN_STATE' });
  });

  async function parkedSagas(as: Identity, orderId: string) {
    interface Parked {
      readonly id: string;
      readonly kind: string;
      readonly error: string;
      readonly order: { readonly id: string };
    }
    const query = `{ parkedSagas { edges { node { id kind step error order { id } } } } }`;
    const { parkedSagas: page } = await orders.ask<{ parkedSagas: { edges: { node: Parked }[] } }>(as, query);
    return page.edges.map(({ node }) => node).filter(({ order }) => order.id === orderId);
  }
});
