import { InventoryExpired } from '@foyer/kafka';
import { testEvent, waitUntil } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { SAGA_COMMIT_POINTS, type CommitPoint } from './domain/sagas.js';
import { createMortalOrders, type MortalOrders } from './testing/createMortalOrders.js';
import {
  askTable,
  inHours,
  openRestaurant,
  seen,
  type ReservationView,
  type TableAnswer,
  type TestRestaurant,
} from './testing/tables.js';

/** The process is killed before and after each commit that a reservation leads through, and started again. */
describe('a process that dies at', () => {
  let orders: MortalOrders;
  let free: TestRestaurant;
  let dear: TestRestaurant;
  let guest: Identity & { readonly kind: 'user' };

  beforeAll(async () => {
    orders = await createMortalOrders({ ORDERS_VISIT_POLL_MS: '100' });
    free = await openRestaurant(orders, { seats: 1000 });
    dear = await openRestaurant(orders, { seats: 1000, deposit: 1000 });
  });
  afterAll(() => orders.stop());
  beforeEach(() => {
    guest = person();
    orders.fakes.fault = () => null;
  });

  const reserve = (place: TestRestaurant, more = {}): Promise<TableAnswer> =>
    askTable(orders, guest, 'reserveTable', {
      idempotencyKey: newId(),
      restaurantId: place.restaurantId,
      startsAt: inHours(12),
      partySize: 2,
      guest: { name: 'Ada', email: 'ada@example.com' },
      ...(place === dear
        ? { expectedDeposit: { amount: 2000, currency: 'EUR' }, paymentProvider: 'SANDBOX' }
        : {}),
      ...more,
    });
  const until = (id = '', status: string): Promise<ReservationView> =>
    waitUntil(async () => {
      const found = await seen(orders, guest, id);
      return found?.status === status && found;
    }, `reservation ${id} being ${status}`);
  /** Somebody who has a table, however often it takes. */
  const confirmed = async (): Promise<ReservationView> =>
    until((await reserve(free)).reservation?.id, 'CONFIRMED');
  const payable = async (): Promise<ReservationView> => {
    const { reservation } = await reserve(dear);
    return waitUntil(async () => {
      const found = await seen(orders, guest, reservation?.id ?? '');
      return found?.order?.history.some(({ kind }) => kind === 'PAYMENT_READY') && found;
    });
  };
  const pay = ({ order }: ReservationView): Promise<void> => orders.pay(order?.payment?.id ?? '');
  const cancel = (id: string): Promise<TableAnswer> =>
    askTable(orders, guest, 'cancelReservation', { reservation: { id } });

  const scenarios: Readonly<
    Record<string, { readonly through: readonly CommitPoint[]; run(): Promise<void> }>
  > = {
    'a booking without a deposit': {
      through: ['PLACE.BEGIN', 'PLACE.HOLD', 'PLACE.CONFIRM'],
      async run() {
        expect(await confirmed()).toMatchObject({ areaId: free.room, order: { status: 'COMPLETED' } });
      },
    },
    'a booking whose deposit nobody saw': {
      through: ['PLACE.UNDO_HOLD'],
      async run() {
        const wrong = { expectedDeposit: { amount: 1, currency: 'EUR' } };
        expect((await reserve(dear, wrong)).code).toBe('PRICE_CHANGED');
      },
    },
    'a booking with a deposit': {
      through: ['PLACE.CREATE_PAYMENT', 'COMPLETE.BEGIN', 'COMPLETE.CONFIRM'],
      async run() {
        const reservation = await payable();
        await pay(reservation);
        await until(reservation.id, 'CONFIRMED');
      },
    },
    'a change': {
      through: ['CHANGE.BEGIN', 'CHANGE.CHANGE_HOLD'],
      async run() {
        const { id, version } = await confirmed();
        await askTable(orders, guest, 'changeReservation', {
          reservation: { id },
          idempotencyKey: newId(),
          startsAt: inHours(15),
          partySize: 3,
        });
        const changed = await waitUntil(async () => {
          const found = await seen(orders, guest, id);
          return found && !found.changePending && found;
        }, 'the change being made');
        // Once, whoever died on the way.
        expect(changed).toMatchObject({ startsAt: inHours(15), partySize: 3, version: version + 1 });
      },
    },
    'a late cancellation': {
      through: ['CANCEL.BEGIN', 'CANCEL.RELEASE', 'REFUND.BEGIN', 'REFUND.REFUND_PAYMENT'],
      async run() {
        const reservation = await payable();
        await pay(reservation);
        await until(reservation.id, 'CONFIRMED');
        await cancel(reservation.id);
        await until(reservation.id, 'CANCELLED');
        await waitUntil(async () => {
          await seen(orders, guest, reservation.id);
          const refunds = orders.fakes.payments.get(reservation.order?.payment?.id ?? '')?.refunds;
          return refunds?.size === 1 && [...refunds.values()][0] === 1000;
        }, 'half of the deposit going back');
      },
    },
    'a cancellation before the deposit': {
      through: ['CANCEL.CANCEL_PAYMENT'],
      async run() {
        const { id } = await payable();
        await cancel(id);
        await until(id, 'CANCELLED');
      },
    },
    'a hold that ends unpaid': {
      through: ['EXPIRE.BEGIN', 'EXPIRE.CANCEL_PAYMENT'],
      async run() {
        const { id } = await payable();
        const hold = orders.fakes.holds.get(id);
        if (hold) hold.state = 'EXPIRED';
        const lines = [{ offerId: dear.room, listingId: dear.restaurantId, quantity: 2 }];
        await orders.bus.publish('inventory-events', [
          testEvent(InventoryExpired, { aggregateId: id, data: { orderId: id, lines } }),
        ]);
        expect((await until(id, 'CANCELLED')).reason).toBe('NOT_PAID_IN_TIME');
      },
    },
    'a party that does not come': {
      through: ['CANCEL.BEGIN', 'CANCEL.RELEASE'],
      async run() {
        const { id } = await confirmed();
        await orders.pool.query(
          `update reservation set starts_at = foyer_now() - interval '31 minutes', ends_at = foyer_now() where id = $1`,
          [id],
        );
        await until(id, 'NO_SHOW');
      },
    },
  };

  const cases = Object.entries(scenarios).flatMap(([name, { through }]) =>
    through.flatMap((point) => [`before ${point}`, `after ${point}`].map((place) => [place, name] as const)),
  );

  test.each(cases)('%s in %s leaves nothing behind', async (where, name) => {
    const dying = orders.running;
    await dying.killAt(where);
    await scenarios[name]?.run();
    await orders.settled();
    expect(await dying.ended).toBe('SIGKILL');
    await seen(orders, guest, newId());
    expect(orders.running).not.toBe(dying);
    const { rows } = await orders.pool.query<{
      id: string;
      status: string;
      areaId: string;
      startsAt: Date;
      partySize: number;
    }>(
      `select id, status, area_id as "areaId", starts_at as "startsAt", party_size as "partySize" from reservation`,
    );
    const standing = new Set<string>();
    for (const { id, status, areaId, startsAt, partySize } of rows) {
      expect(status).not.toBe('PENDING');
      if (status !== 'CONFIRMED') continue;
      standing.add(id);
      const seating = { startsAt: startsAt.toISOString() };
      expect(orders.fakes.holds.get(id)).toMatchObject({
        state: 'SOLD',
        lines: [{ offerId: areaId, quantity: partySize, seating }],
      });
    }
    for (const [id, { state }] of orders.fakes.holds) {
      if (!standing.has(id)) expect(['RELEASED', 'EXPIRED']).toContain(state);
    }
    const { rows: money } = await orders.pool.query<{ kept: number }>(
      `select sum(captured - refund_requested)::float8 as kept from orders`,
    );
    expect(orders.fakes.money).toBe(money[0]?.kept);
  });

  test('covers every commit that reservations lead through', () => {
    const covered = new Set(Object.values(scenarios).flatMap(({ through }) => through));
    const elsewhere = /^RETRY\.|RETURN_UNITS|UNDO_CREATE_PAYMENT|COMPLETE.CANCEL_PAYMENT/;
    expect([...covered].sort()).toEqual(SAGA_COMMIT_POINTS.filter((point) => !elsewhere.test(point)).sort());
  });
});
