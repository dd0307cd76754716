import { InventoryExpired } from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import { testEvent } from '@foyer/kafka/testing';
import { newId } from '@foyer/platform';
import { createTestOrders, type TestOrders } from './testing/createTestOrders.js';

const EUR = 'EUR';

describe('placing an order', () => {
  let orders: TestOrders;
  beforeAll(async () => {
    orders = await createTestOrders();
  });
  afterAll(() => orders.stop());
  afterEach(() => {
    orders.fakes.fault = () => null;
  });

  test('goes from the wish to tickets', async () => {
    const buyer = await orders.buyer();
    const offerId = await orders.offer(await orders.event(), 10, 2500);
    const placed = await orders.placed(buyer, offerId, 2, 5350);
    expect(placed).toMatchObject({ status: 'PENDING', total: { amount: 5350, exponent: 2 }, tickets: [] });
    expect(placed.code).toMatch(/^[A-HJ-NP-TV-Z2-9]{8}$/);
    expect(placed.payBy).not.toBeNull();
    await orders.pay(placed.payment?.id ?? '');
    const order = await orders.until(placed.id, 'COMPLETED');
    expect(order.tickets).toHaveLength(2);
    expect(order.history.map(({ kind }) => kind)).toEqual([
      'PLACED',
      'HELD',
      'PAYMENT_READY',
      'PAID',
      'COMPLETED',
    ]);
    expect(order.history.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    expect(orders.fakes.taken(offerId, ['SOLD'])).toBe(2);
    expect(await orders.published('order.completed')).toHaveLength(1);
  });

  test('that costs nothing completes without a payment', async () => {
    const buyer = await orders.buyer();
    const offerId = await orders.offer(await orders.event(), 10, 0);
    const { size } = orders.fakes.payments;
    const order = await orders.placed(buyer, offerId, 3, 0);
    expect(order).toMatchObject({ status: 'COMPLETED', payment: null, payBy: null });
    expect(order.tickets).toHaveLength(3);
    expect(orders.fakes.payments.size).toBe(size);
  });

  test('that costs nothing is bought, though its hold runs out while it is confirmed', async () => {
    const buyer = await orders.buyer();
    const offerId = await orders.offer(await orders.event(), 10, 0);
    orders.fakes.fault = async (operation, { orderId }) => {
      if (operation !== 'ConfirmHold' || typeof orderId !== 'string') return null;
      const hold = orders.fakes.holds.get(orderId);
      if (hold) hold.state = 'EXPIRED';
      const lines = [{ offerId, listingId: newId(), quantity: 1 }];
      await orders.tell('inventory-events', testEvent(InventoryExpired, { data: { orderId, lines } }));
      await waitUntil(async () => {
        const { rows } = await orders.pool.query(
          `select 1 from saga where order_id = $1 and kind = 'EXPIRE' and state = 'RUNNING'`,
          [orderId],
        );
        return rows.length === 0;
      });
      return null;
    };
    const order = await orders.placed(buyer, offerId, 1, 0);
    expect(order).toMatchObject({ status: 'COMPLETED', reason: null });
    expect(order.tickets).toHaveLength(1);
    expect(orders.fakes.taken(offerId, ['SOLD'])).toBe(1);
    expect(await orders.published('order.cancelled')).toEqual([]);
  });

  test('refuses what can’t be used, names every wrong field, and stores nothing', async () => {
    const buyer = await orders.buyer();
    const eventId = await orders.event();
    const offerId = await orders.offer(eventId, 10, 2500);
    const before = await countOrders();
    const refusalOf = async (input: Readonly<Record<string, unknown>>) => {
      const expectedTotal = { amount: 2675, currency: EUR };
      const { __typename, fields } = await orders.place(buyer, {
        lines: [{ offerId, quantity: 1 }],
        expectedTotal,
        ...input,
      });
      return [__typename, ...(fields ?? []).map(({ path, rule }) => `${path} ${rule}`)];
    };
    expect(await refusalOf({ lines: [] })).toEqual(['InvalidInput', 'input.lines REQUIRED']);
    for (const quantity of [0, -1, 101, 2 ** 31 - 1]) {
      expect(await refusalOf({ lines: [{ offerId, quantity }] })).toEqual([
        'InvalidInput',
        'input.lines.0.quantity OUT_OF_RANGE',
      ]);
    }
    const twice = [offerId, offerId.toUpperCase()].map((id) => ({ offerId: id, quantity: 1 }));
    expect(await refusalOf({ lines: twice })).toEqual(['InvalidInput', 'input.lines.1.offerId DUPLICATE']);
    expect(await refusalOf({ lines: [{ offerId: 'x', quantity: 0 }] })).toEqual([
      'InvalidInput',
      'input.lines.0.offerId NOT_AN_ID',
      'input.lines.0.quantity OUT_OF_RANGE',
    ]);
    expect(await refusalOf({ lines: [{ offerId: newId(), quantity: 1 }] })).toEqual(['NotFound']);
    expect(await refusalOf({ idempotencyKey: ' ' })).toEqual([
      'InvalidInput',
      'input.idempotencyKey REQUIRED',
    ]);
    expect(await refusalOf({ expectedTotal: { amount: -1, currency: EUR } })).toEqual([
      'InvalidInput',
      'input.expectedTotal.amount OUT_OF_RANGE',
    ]);
    expect(await refusalOf({ buyer: { name: '', email: 'nobody' } })).toEqual([
      'InvalidInput',
      'input.buyer.name REQUIRED',
      'input.buyer.email NOT_AN_EMAIL',
    ]);
    const dollars = await orders.offer(eventId, 10, 2500, 'USD');
    const mixed = [offerId, dollars].map((id) => ({ offerId: id, quantity: 1 }));
    expect(await refusalOf({ lines: mixed })).toEqual([
      'InvalidInput',
      'input.lines.1.offerId MIXED_CURRENCIES',
    ]);
    const elsewhere = await orders.offer(await orders.event(), 10, 2500);
    const apart = [offerId, elsewhere].map((id) => ({ offerId: id, quantity: 1 }));
    expect(await refusalOf({ lines: apart })).toEqual([
      'InvalidInput',
      'input.lines.1.offerId ANOTHER_EVENT',
    ]);
    expect(await countOrders()).toBe(before);
  });

  test('refuses events that are not sold now', async () => {
    const buyer = await orders.buyer();
    const day = 24 * 60 * 60 * 1000;
    const at = (days: number): string => new Date(Date.now() + days * day).toISOString();
    const sale = {
      saleStartsAt: at(-2),
      saleEndsAt: at(2),
      free: false,
      maximumAttendees: 10,
      visibility: 'PUBLIC',
      waitroom: null,
      cancellableUntil: null,
      trending: false,
    } as const;
    const cases = [
      [{ status: 'APPROVED', configuration: sale }, 'NOT_PUBLISHED'],
      [{ status: 'DRAFT', configuration: null }, 'NOT_PUBLISHED'],
      [{ status: 'CANCELLED', configuration: sale }, 'EVENT_CANCELLED'],
      [{ configuration: { ...sale, saleStartsAt: at(1) } }, 'NOT_ON_SALE'],
      [{ configuration: { ...sale, saleEndsAt: at(-1) } }, 'SALE_ENDED'],
    ] as const;
    for (const [event, code] of cases) {
      const offerId = await orders.offer(await orders.event(event), 10, 2500);
      const lines = [{ offerId, quantity: 1 }];
      expect(
        await orders.place(buyer, { lines, expectedTotal: { amount: 2675, currency: EUR } }),
      ).toMatchObject({
        __typename: 'ListingNotOnSale',
        code,
      });
    }
  });

  test('refuses another total with the new one, and gives the units back', async () => {
    const buyer = await orders.buyer();
    const offerId = await orders.offer(await orders.event(), 10, 2500);
    const lines = [{ offerId, quantity: 1 }];
    for (const expectedTotal of [
      { amount: 2674, currency: EUR },
      { amount: 2675, currency: 'USD' },
    ]) {
      expect(await orders.place(buyer, { lines, expectedTotal })).toMatchObject({
        __typename: 'PriceChanged',
        code: 'PRICE_CHANGED',
        total: { amount: 2675, currency: EUR },
      });
    }
    // The copy of the price lags behind: what inventory's hold says counts.
    const offer = orders.fakes.offers.get(offerId);
    if (offer) offer.price = { amount: 3000, currency: EUR };
    expect(
      await orders.place(buyer, { lines, expectedTotal: { amount: 2675, currency: EUR } }),
    ).toMatchObject({
      total: { amount: 3210 },
    });
    expect(orders.fakes.taken(offerId)).toBe(0);
    const order = await orders.placed(buyer, offerId, 1, 3210);
    expect(order.lines[0]?.total.amount).toBe(3210);
  });

  test('refuses with inventory’s own reason, and makes nothing that its buyer sees', async () => {
    const buyer = await orders.buyer();
    const offerId = await orders.offer(await orders.event(), 1, 2500);
    const input = { lines: [{ offerId, quantity: 1 }], expectedTotal: { amount: 2675, currency: EUR } };
    await orders.placed(await orders.buyer(), offerId, 1, 2675);
    expect(await orders.place(buyer, input)).toMatchObject({
      __typename: 'OfferRefused',
      code: 'HELD',
      available: 0,
      availability: 'HELD',
      offer: { id: offerId },
    });
    expect(await ownOrders(buyer)).toEqual([]);
    expect(await orders.published('order.failed')).toEqual([]);
  });

  test('refuses a provider that payments does not know, and releases the hold', async () => {
    const buyer = await orders.buyer();
    const offerId = await orders.offer(await orders.event(), 1, 2500);
    const lines = [{ offerId, quantity: 1 }];
    const expectedTotal = { amount: 2675, currency: EUR };
    expect(await orders.place(buyer, { lines, expectedTotal, paymentProvider: 'NOBODY' })).toMatchObject({
      __typename: 'PaymentNotPossible',
      code: 'UNKNOWN_PROVIDER',
    });
    expect(orders.fakes.taken(offerId)).toBe(0);
    await orders.placed(buyer, offerId, 1, 2675);
  });

  test('is asked for by people with the permission only', async () => {
    const query = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }`;
    const expectedTotal = { amount: 1, currency: EUR };
    const input = { idempotencyKey: 'k', lines: [], expectedTotal, paymentProvider: 'SANDBOX' };
    await expect(orders.ask({ kind: 'guest', address: '' }, query, { input })).rejects.toThrow(
      'UNAUTHENTICATED',
    );
    await expect(orders.ask({ kind: 'service', service: 'orders' }, query, { input })).rejects.toThrow(
      'FORBIDDEN',
    );
  });

  async function countOrders(): Promise<number> {
    const { rows } = await orders.pool.query<{ count: number }>('select count(*)::int as count from orders');
    return rows[0]?.count ?? 0;
  }

  async function ownOrders(buyer: Awaited<ReturnType<TestOrders['buyer']>>): Promise<readonly unknown[]> {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on User { orders { edges { node { id } } } } } }`;
    interface Found {
      readonly _entities: readonly { readonly orders: { readonly edges: readonly unknown[] } }[];
    }
    return (
      (await orders.ask<Found>(buyer, query, { of: [{ __typename: 'User', id: buyer.userId }] }))._entities[0]
        ?.orders.edges ?? []
    );
  }
});
