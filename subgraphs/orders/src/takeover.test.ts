import { newId, type Identity } from '@foyer/platform';
import { person, waitUntil } from '@foyer/platform/testing';
import { createTestOrders, type TestOrders } from './testing/createTestOrders.js';

type User = Identity & { readonly kind: 'user' };

describe('a saga', () => {
  let orders: TestOrders;
  let buyer: User;
  let offerId: string;
  const expectedTotal = { amount: 2675, currency: 'EUR' };
  beforeAll(async () => {
    orders = await createTestOrders({
      processes: 2,
      environment: {
        ORDERS_SAGA_LEASE_MS: '2000',
        ORDERS_SAGA_POLL_MS: '50',
        ORDERS_ANSWER_WITHIN_MS: '400',
        ORDERS_PLACE_WITHIN_SECONDS: '4',
        ORDERS_SAGA_MAXIMUM_ATTEMPTS: '3',
      },
    });
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    orders.fakes.fault = () => null;
    buyer = await orders.buyer();
    offerId = await orders.offer(await orders.event(), 10, 2500);
  });

  const place = () => orders.place(buyer, { lines: [{ offerId, quantity: 1 }], expectedTotal });

  test('answers in time with the order as it is, and goes on when the others answer again', async () => {
    let down = true;
    orders.fakes.fault = (operation) => (down && operation === 'HoldOffers' ? 'lost-request' : null);
    const { order } = await place();
    expect(order).toMatchObject({ status: 'PENDING', payment: null });
    down = false;
    await waitUntil(async () => (await orders.order(order?.id ?? '')).payment);
    await orders.pay((await orders.order(order?.id ?? '')).payment?.id ?? '');
    await orders.until(order?.id ?? '', 'COMPLETED');
  });

  test('that nobody answers in time is undone; a hold that arrives afterwards is refused', async () => {
    // On its way for so long that the release overtakes it.
    orders.fakes.fault = (operation) => (operation === 'HoldOffers' ? 'lost-request' : null);
    const { order } = await place();
    const id = order?.id ?? '';
    await orders.until(id, 'FAILED');
    expect(await orders.order(id)).toMatchObject({ reason: 'UNAVAILABLE' });
    orders.fakes.fault = () => null;
    const hold = `mutation HoldOffers { holdOffers }`;
    const input = {
      orderId: id,
      personId: buyer.userId,
      lines: [{ offerId, quantity: 1 }],
      accessCode: null,
    };
    expect(await orders.fakes.answer(hold, { input })).toMatchObject({ holdOffers: { code: 'RELEASED' } });
    expect(orders.fakes.taken(offerId)).toBe(0);
  });

  test('whose process has died is taken over by another one', async () => {
    const { order } = await place();
    const id = order?.id ?? '';
    // A process took it, and was never heard of again.
    await orders.pool.query(
      `insert into saga (id, order_id, kind, state, step, taken, data, next_attempt_at, lease_holder, lease_until, started_at, updated_at)
       values ($1, $2, 'CANCEL', 'RUNNING', 'RELEASE', '{RELEASE}', '{}', clock_timestamp(), $3,
         clock_timestamp() + interval '200 milliseconds', clock_timestamp(), clock_timestamp())`,
      [newId(), id, newId()],
    );
    await orders.quiet();
    expect(orders.fakes.holds.get(id)?.state).toBe('RELEASED');
  });

  test('that fails again and again is parked, seen by operators, and tried again or given up by them', async () => {
    const operator = person(newId(), 'MANAGER');
    let down = true;
    orders.fakes.fault = (operation) => (down && operation === 'ReleaseHold' ? 'lost-request' : null);
    const parkedOf = async (orderId: string) => {
      const { rows } = await orders.pool.query<{ id: string }>(
        `select id from saga where order_id = $1 and state = 'PARKED'`,
        [orderId],
      );
      return rows[0]?.id;
    };
    const resolve = (sagaId: string, resolution: string) =>
      orders.mutate(operator, 'resolveParkedSaga', { sagaId, resolution });
    const [one, other] = [await place(), await place()].map(({ order }) => order?.id ?? '') as [
      string,
      string,
    ];
    for (const orderId of [one, other]) await orders.mutate(buyer, 'cancelOrder', { orderId });
    const [first, second] = [await waitUntil(() => parkedOf(one)), await waitUntil(() => parkedOf(other))];
    const { parkedSagas } = await orders.ask<{
      parkedSagas: { edges: { node: { id: string; attempts: number; step: string } }[] };
    }>(
      operator,
      `{ parkedSagas { edges { node { id attempts step undoing error startedAt parkedAt } } pageInfo { hasNextPage } } }`,
    );
    expect(parkedSagas.edges.map(({ node }) => node).find(({ id }) => id === first)).toMatchObject({
      attempts: 3,
      step: 'RELEASE',
    });
    await expect(orders.ask(buyer, `{ parkedSagas { edges { node { id } } } }`)).rejects.toThrow('FORBIDDEN');
    expect(await resolve(newId(), 'RETRY')).toMatchObject({ code: 'NOT_FOUND' });
    expect((await resolve(second, 'ABANDON')).__typename).toBe('ResolveParkedSagaPayload');
    down = false;
    await resolve(first, 'RETRY');
    await orders.quiet();
    expect(orders.fakes.holds.get(one)?.state).toBe('RELEASED');
    expect(orders.fakes.holds.get(other)?.state).toBe('HELD');
  });

  test('of an order that is cancelled meanwhile gives way, whichever answer comes first', async () => {
    for (const operation of ['HoldOffers', 'CreatePayment']) {
      let proceed = (): void => undefined;
      let reached = (): void => undefined;
      const atStep = new Promise<void>((resolve) => (reached = resolve));
      const on = new Promise<void>((resolve) => (proceed = resolve));
      orders.fakes.fault = async (asked) => {
        if (asked !== operation) return null;
        orders.fakes.fault = () => null;
        reached();
        await on;
        return null;
      };
      const placing = place();
      await atStep;
      const { rows } = await orders.pool.query<{ id: string }>(
        `select id from orders where buyer_id = $1 and status = 'PENDING'`,
        [buyer.userId],
      );
      const id = rows[0]?.id ?? '';
      await orders.mutate(buyer, 'cancelOrder', { orderId: id });
      await waitUntil(async () => {
        const { rowCount } = await orders.pool.query(
          `select 1 from saga where order_id = $1 and kind = 'CANCEL' and state = 'ENDED'`,
          [id],
        );
        return rowCount === 1;
      });
      proceed();
      await placing;
      await orders.quiet();
      expect(await orders.order(id)).toMatchObject({ status: 'CANCELLED', reason: 'BY_BUYER' });
      expect(orders.fakes.taken(offerId)).toBe(0);
      const payments = [...orders.fakes.payments.values()].filter(({ orderId }) => orderId === id);
      expect(payments.filter(({ status }) => status === 'PENDING')).toEqual([]);
    }
  });
});
