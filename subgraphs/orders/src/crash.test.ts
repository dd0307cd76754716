import { EventPublished, InventoryExpired, OfferCreated } from '@foyer/kafka';
import { testEvent, waitUntil } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { SAGA_COMMIT_POINTS, type CommitPoint } from './domain/sagas.js';
import { createMortalOrders, type MortalOrders } from './testing/createMortalOrders.js';
import {
  ORDER,
  PLACE,
  publishedEvent,
  type Answer,
  type Input,
  type OrderView,
} from './testing/createTestOrders.js';

/** The process is killed before and after each commit of the sagas, as their tables list them, and started again. */
describe('a process that dies at', () => {
  let orders: MortalOrders;
  let fakes: MortalOrders['fakes'];
  let offerId: string;
  let freeId: string;
  let eventId: string;
  let buyer: Identity & { readonly kind: 'user' };

  beforeAll(async () => {
    orders = await createMortalOrders();
    ({ fakes } = orders);
    const { organizationId } = orders;
    const event = publishedEvent(organizationId);
    eventId = event.eventId;
    offerId = fakes.offer(eventId, 1000, 2500);
    freeId = fakes.offer(eventId, 1000, 0);
    await orders.tell('catalog-events', testEvent(EventPublished, { aggregateId: eventId, data: event }));
    const offer = (id: string, amount: number) =>
      testEvent(OfferCreated, {
        aggregateId: id,
        data: {
          offerId: id,
          kind: 'TICKET_CLASS',
          listingId: eventId,
          organizationId,
          name: 'Standing',
          price: { amount, currency: 'EUR' },
          total: 1000,
          limitPerPerson: 100,
          saleStartsAt: null,
          saleEndsAt: null,
          paused: false,
          hidden: false,
        },
      });
    await orders.tell('inventory-events', offer(offerId, 2500), offer(freeId, 0));
  });
  afterAll(() => orders.stop());
  beforeEach(() => {
    buyer = person();
    fakes.fault = () => null;
  });

  const mutate = async (as: Identity, name: string, input: Input): Promise<Answer> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
      ... on ${type}Payload { order { ${ORDER} } } ... on Refusal { code message } } }`;
    return (await orders.ask(as, query, { input }))[name] as Answer;
  };
  const wish = (id = offerId, quantity = 2, amount = 5350): Input => ({
    input: {
      idempotencyKey: newId(),
      paymentProvider: 'SANDBOX',
      lines: [{ offerId: id, quantity }],
      expectedTotal: { amount, currency: 'EUR' },
      buyer: { name: 'Ada', email: 'ada@example.com' },
    },
  });
  const place = async (wished = wish()): Promise<Answer> =>
    (await orders.ask<{ placeOrder: Answer }>(buyer, PLACE, wished)).placeOrder;
  const read = async (id: string): Promise<OrderView> =>
    (
      await orders.ask<{ order: OrderView }>(buyer, `query ($id: ID!) { order(id: $id) { ${ORDER} } }`, {
        id,
      })
    ).order;
  const until = (id: string, status: string, reason: string | null = null): Promise<OrderView> =>
    waitUntil(async () => {
      const order = await read(id);
      return order.status === status && order.reason === reason && order;
    }, `order ${id} being ${status}`);
  const pay = (paymentId = ''): Promise<void> => orders.pay(paymentId);
  /** An order that waits for its payment, however often it takes. */
  const payable = async (): Promise<OrderView> => {
    const { order } = await place();
    if (!order) throw new Error('the order was not placed');
    return waitUntil(async () => {
      const present = await read(order.id);
      return present.payment && present.history.some(({ kind }) => kind === 'PAYMENT_READY') && present;
    });
  };

  /** What leads through which commits, and where it must end. */
  const scenarios: Readonly<
    Record<string, { readonly through: readonly CommitPoint[]; run(): Promise<void> }>
  > = {
    'a purchase': {
      through: ['PLACE.BEGIN', 'PLACE.HOLD', 'PLACE.CREATE_PAYMENT', 'COMPLETE.BEGIN', 'COMPLETE.CONFIRM'],
      async run() {
        const order = await payable();
        await pay(order.payment?.id);
        expect((await until(order.id, 'COMPLETED')).tickets).toHaveLength(2);
      },
    },
    'a purchase that costs nothing': {
      through: ['PLACE.CONFIRM'],
      async run() {
        const { order } = await place(wish(freeId, 1, 0));
        expect((await until(order?.id ?? '', 'COMPLETED')).tickets).toHaveLength(1);
      },
    },
    'an order with another price than was seen': {
      through: ['PLACE.UNDO_HOLD'],
      async run() {
        expect((await place(wish(offerId, 1, 1))).code).toBe('PRICE_CHANGED');
      },
    },
    'an order whose payment can’t be created': {
      through: ['PLACE.UNDO_CREATE_PAYMENT'],
      async run() {
        // It is made, and nobody hears of it, until the time to place an order is over.
        fakes.fault = (operation) => (operation === 'CreatePayment' ? 'lost-answer' : null);
        const placing = orders.running.ask(buyer, PLACE, wish()).catch(() => null);
        await waitUntil(async () => {
          const { rowCount } = await orders.pool.query(
            `update saga set deadline = started_at
             where order_id in (select id from orders where buyer_id = $1) and attempts > 0`,
            [buyer.userId],
          );
          return rowCount === 1;
        }, 'a first attempt');
        await placing;
        await waitUntil(async () => {
          await read(newId());
          const { rowCount } = await orders.pool.query(
            `select 1 from orders where buyer_id = $1 and status = 'FAILED' and reason = 'UNAVAILABLE'`,
            [buyer.userId],
          );
          return rowCount === 1;
        }, 'the order being undone');
      },
    },
    'a purchase by a payment that was replaced': {
      through: ['RETRY.BEGIN', 'RETRY.CANCEL_PAYMENT', 'RETRY.CREATE_PAYMENT', 'COMPLETE.CANCEL_PAYMENT'],
      async run() {
        const order = await payable();
        const input = { orderId: order.id, paymentProvider: 'SANDBOX', idempotencyKey: newId() };
        const { order: again } = await mutate(buyer, 'retryPayment', input);
        expect(again?.payment?.id).not.toBe(order.payment?.id);
        await pay(order.payment?.id);
        await until(order.id, 'COMPLETED');
        await waitUntil(async () => {
          await read(order.id);
          return fakes.payments.get(again?.payment?.id ?? '')?.status === 'CANCELLED';
        });
      },
    },
    'a cancellation': {
      through: ['CANCEL.BEGIN', 'CANCEL.CANCEL_PAYMENT', 'CANCEL.RELEASE'],
      async run() {
        const order = await payable();
        await mutate(buyer, 'cancelOrder', { orderId: order.id });
        await until(order.id, 'CANCELLED', 'BY_BUYER');
      },
    },
    'a hold that ends unpaid': {
      through: ['EXPIRE.BEGIN', 'EXPIRE.CANCEL_PAYMENT'],
      async run() {
        const { id } = await payable();
        const hold = fakes.holds.get(id);
        if (hold) hold.state = 'EXPIRED';
        const lines = [{ offerId, listingId: eventId, quantity: 2 }];
        await orders.bus.publish('inventory-events', [
          testEvent(InventoryExpired, { aggregateId: id, data: { orderId: id, lines } }),
        ]);
        await until(id, 'CANCELLED', 'NOT_PAID_IN_TIME');
      },
    },
    'a refund of one ticket': {
      through: ['REFUND.BEGIN', 'REFUND.RETURN_UNITS', 'REFUND.REFUND_PAYMENT'],
      async run() {
        const order = await payable();
        await pay(order.payment?.id);
        const { tickets } = await until(order.id, 'COMPLETED');
        const ticketIds = [tickets[0]?.id];
        const input = { orderId: order.id, ticketIds, reason: 'Ill.', idempotencyKey: newId() };
        expect((await mutate(orders.owner, 'refundPayment', input)).__typename).toBe('RefundPaymentPayload');
        await waitUntil(async () => {
          await read(order.id);
          return fakes.payments.get(order.payment?.id ?? '')?.refunds.size === 1;
        });
      },
    },
  };

  const cases = Object.entries(scenarios).flatMap(([name, { through }]) =>
    through.flatMap((point) => [`before ${point}`, `after ${point}`].map((place) => [place, name] as const)),
  );

  test.each(cases)('%s in %s leaves nothing behind', async (where, name) => {
    const { held, sold, money } = { held: heldUnits(), sold: soldUnits(), money: fakes.money };
    expect(held).toBe(0);
    const dying = orders.running;
    await dying.killAt(where);
    await scenarios[name]?.run();
    await orders.settled();
    // It did die there, and another process went on.
    expect(await dying.ended).toBe('SIGKILL');
    await read(newId());
    expect(orders.running).not.toBe(dying);
    const { rows } = await orders.pool.query<{ tickets: number; money: number; pending: number }>(
      `select (select count(*)::int from ticket where state = 'VALID') as tickets,
         (select sum(captured - refund_requested)::float8 from orders) as money,
         (select count(*)::int from orders where status = 'PENDING') as pending`,
    );
    expect(heldUnits()).toBe(0);
    expect(soldUnits()).toBe(rows[0]?.tickets);
    expect(fakes.money).toBe(rows[0]?.money);
    expect(rows[0]?.pending).toBe(0);
    expect(soldUnits()).toBeGreaterThanOrEqual(sold);
    expect(fakes.money).toBeGreaterThanOrEqual(money);
  });

  test('covers every commit that the tables list', () => {
    const covered = Object.values(scenarios).flatMap(({ through }) => through);
    // Only reservations are changed: `reservationCrash.test.ts`.
    const tickets = SAGA_COMMIT_POINTS.filter((point) => !point.startsWith('CHANGE.'));
    expect([...covered].sort()).toEqual([...tickets].sort());
  });

  const heldUnits = (): number => fakes.taken(offerId, ['HELD']) + fakes.taken(freeId, ['HELD']);
  const soldUnits = (): number => fakes.taken(offerId, ['SOLD']) + fakes.taken(freeId, ['SOLD']);
});
