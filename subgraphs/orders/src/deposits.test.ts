import { InventoryExpired, PaymentRefunded } from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { createTestOrders, type TestOrders } from './testing/createTestOrders.js';
import {
  askById,
  askTable,
  begin,
  inHours,
  openRestaurant,
  reserved,
  seen,
  type ReservationView,
  type TestRestaurant,
} from './testing/tables.js';

describe('a reservation with a deposit', () => {
  let orders: TestOrders;
  let guest: Identity & { readonly kind: 'user' };
  let place: TestRestaurant;
  beforeAll(async () => {
    orders = await createTestOrders();
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    guest = await orders.buyer();
    place = await openRestaurant(orders, { deposit: 1005, freeUntilHours: 24, thenPercent: 50 });
  });

  const input = (more = {}) => ({
    restaurantId: place.restaurantId,
    expectedDeposit: { amount: 2010, currency: 'EUR' },
    paymentProvider: 'SANDBOX',
    ...more,
  });
  const unpaid = (more = {}) => reserved(orders, guest, input(more));
  const payment = ({ order }: ReservationView): string => order?.payment?.id ?? '';
  const until = (id: string, status: string): Promise<ReservationView> =>
    waitUntil(async () => {
      const found = await seen(orders, guest, id);
      return found?.status === status && found;
    }, `reservation ${id} being ${status}`);
  const paid = async (more = {}): Promise<ReservationView> => {
    const reservation = await unpaid(more);
    await orders.pay(payment(reservation));
    return until(reservation.id, 'CONFIRMED');
  };
  const cancel = (id: string, as: Identity = guest) =>
    askTable(orders, as, 'cancelReservation', { reservation: { id } });
  const refunds = (reservation: ReservationView): number[] => [
    ...(orders.fakes.payments.get(payment(reservation))?.refunds.values() ?? []),
  ];
  /** The fake has given the money back and tells so. */
  const refunded = async (reservation: ReservationView): Promise<void> => {
    const paymentId = payment(reservation);
    for (const [refundId, amount] of orders.fakes.payments.get(paymentId)?.refunds ?? []) {
      const data = {
        paymentId,
        orderId: reservation.id,
        refundId,
        amount: { amount, currency: 'EUR' },
        refunded: { amount, currency: 'EUR' },
        reason: 'x',
        provider: 'SANDBOX',
      };
      await orders.tell('payment-events', testEvent(PaymentRefunded, { aggregateId: paymentId, data }));
    }
  };

  test('waits for the money, and is confirmed by it', async () => {
    const reservation = await unpaid();
    expect(reservation).toMatchObject({
      status: 'PENDING',
      deposit: { amount: 2010 },
      order: { status: 'PENDING' },
    });
    expect(orders.fakes.payments.get(payment(reservation))?.amount).toEqual({
      amount: 2010,
      currency: 'EUR',
    });
    await orders.pay(payment(reservation));
    expect(await until(reservation.id, 'CONFIRMED')).toMatchObject({ order: { status: 'COMPLETED' } });
    expect(orders.fakes.holds.get(reservation.id)?.state).toBe('SOLD');
  });

  test('that its guest did not see is refused, with the one that is due', async () => {
    const query = (more: object) =>
      askTable(orders, guest, 'reserveTable', {
        ...input(more),
        idempotencyKey: newId(),
        startsAt: inHours(48),
        partySize: 2,
      });
    expect(await query({ expectedDeposit: null })).toMatchObject({ code: 'PRICE_CHANGED' });
    expect(await query({ expectedDeposit: { amount: 2000, currency: 'EUR' } })).toMatchObject({
      code: 'PRICE_CHANGED',
    });
    expect(orders.fakes.taken(place.room)).toBe(0);
  });

  test('goes back whole to who cancels in time', async () => {
    const reservation = await paid();
    expect((await cancel(reservation.id)).reservation?.reason).toBe('BY_GUEST');
    await orders.quiet();
    expect(refunds(reservation)).toEqual([2010]);
    await refunded(reservation);
    expect((await seen(orders, guest, reservation.id))?.order?.status).toBe('REFUNDED');
  });

  test('is kept in part from who cancels late, rounded half up', async () => {
    const more = { startsAt: inHours(20), partySize: 1, expectedDeposit: { amount: 1005, currency: 'EUR' } };
    const reservation = await paid(more);
    await cancel(reservation.id);
    await orders.quiet();
    // Half of 10.05 is 5.025, and 5.03 are kept.
    expect(refunds(reservation)).toEqual([502]);
    await refunded(reservation);
    expect(await seen(orders, guest, reservation.id)).toMatchObject({
      status: 'CANCELLED',
      order: { status: 'CANCELLED', refunded: { amount: 502 } },
    });
  });

  test('is kept by the policy of when it was booked, and moving the table does not free who was late', async () => {
    const reservation = await paid({ startsAt: inHours(20) });
    const moved = await askTable(orders, guest, 'changeReservation', {
      reservation: { id: reservation.id },
      idempotencyKey: newId(),
      startsAt: inHours(72),
    });
    expect(moved.reservation?.freeUntil).toBe(reservation.freeUntil);
    await cancel(reservation.id);
    await orders.quiet();
    expect(refunds(reservation)).toEqual([1005]);
  });

  test('goes back whole when the restaurant cancels, whoever else may not give money back', async () => {
    const reservation = await paid({ startsAt: inHours(20) });
    expect(await cancel(reservation.id, orders.door)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await cancel(reservation.id, orders.owner)).reservation?.reason).toBe('BY_RESTAURANT');
    await orders.quiet();
    expect(refunds(reservation)).toEqual([2010]);
  });

  test('that nobody pays ends with its hold, unless the money comes late and the table is there', async () => {
    const reservation = await unpaid();
    const hold = orders.fakes.holds.get(reservation.id);
    if (hold) hold.state = 'EXPIRED';
    const lines = [{ offerId: place.room, listingId: place.restaurantId, quantity: 2 }];
    await orders.tell(
      'inventory-events',
      testEvent(InventoryExpired, { aggregateId: reservation.id, data: { orderId: reservation.id, lines } }),
    );
    expect(await until(reservation.id, 'CANCELLED')).toMatchObject({ reason: 'NOT_PAID_IN_TIME' });
    await orders.pay(payment(reservation));
    expect(await until(reservation.id, 'CONFIRMED')).toMatchObject({ reason: null });
  });

  test('that comes when the table’s time is past goes back', async () => {
    const reservation = await unpaid();
    await orders.pool.query(
      `update orders set hold_expires_at = foyer_now() - interval '1 hour' where id = $1`,
      [reservation.id],
    );
    await until(reservation.id, 'CANCELLED');
    await orders.pool.query(
      `update reservation set starts_at = foyer_now() - interval '1 minute' where id = $1`,
      [reservation.id],
    );
    await orders.pay(payment(reservation));
    await orders.quiet();
    expect(refunds(reservation)).toEqual([2010]);
    expect((await seen(orders, guest, reservation.id))?.status).toBe('CANCELLED');
  });

  test('can’t be changed before it is paid, and stays as it was paid afterwards', async () => {
    const reservation = await unpaid();
    const change = () =>
      askTable(orders, guest, 'changeReservation', {
        reservation: { id: reservation.id },
        idempotencyKey: newId(),
        partySize: 4,
      });
    expect(await change()).toMatchObject({ code: 'NOT_IN_STATE' });
    await orders.pay(payment(reservation));
    await until(reservation.id, 'CONFIRMED');
    expect((await change()).reservation).toMatchObject({ partySize: 4, deposit: { amount: 2010 } });
  });

  test('that is cancelled unpaid takes nothing, and money that comes later goes back', async () => {
    const reservation = await unpaid();
    expect((await cancel(reservation.id)).reservation?.status).toBe('CANCELLED');
    await orders.quiet();
    expect(orders.fakes.payments.get(payment(reservation))?.status).toBe('CANCELLED');
    await orders.pay(payment(reservation));
    await orders.quiet();
    expect(refunds(reservation)).toEqual([2010]);
  });

  test('is refunded out of goodwill after dinner, once', async () => {
    const reservation = await paid();
    await begin(orders, reservation.id, 0);
    await askById(orders, orders.door, 'seatReservation', reservation.id);
    await askById(orders, orders.door, 'completeReservation', reservation.id);
    const refund = () =>
      orders.mutate(orders.owner, 'refundPayment', {
        orderId: reservation.id,
        reason: 'Cold soup.',
        idempotencyKey: newId(),
      });
    expect((await refund()).__typename).toBe('RefundPaymentPayload');
    await orders.quiet();
    await refunded(reservation);
    expect(await seen(orders, guest, reservation.id)).toMatchObject({
      status: 'COMPLETED',
      order: { status: 'REFUNDED' },
    });
    expect(await refund()).toMatchObject({ code: 'NOT_IN_STATE' });
    expect(refunds(reservation)).toEqual([2010]);
  });
});
