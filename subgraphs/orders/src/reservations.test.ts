import { OfferCreated } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { createTestOrders, type TestOrders } from './testing/createTestOrders.js';
import {
  askById,
  askTable,
  begin,
  inHours,
  openRestaurant,
  RESERVATION,
  reserved,
  seen,
  type ReservationView,
  type TestRestaurant,
} from './testing/tables.js';

describe('a reservation', () => {
  let orders: TestOrders;
  let guest: Identity & { readonly kind: 'user' };
  let place: TestRestaurant;
  let asked = 0;
  beforeAll(async () => {
    orders = await createTestOrders();
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    guest = await orders.buyer();
    place = await openRestaurant(orders);
    orders.fakes.fault = () => null;
  });

  const wish = (more = {}) => ({
    idempotencyKey: newId(),
    restaurantId: place.restaurantId,
    startsAt: inHours(48),
    partySize: 2,
    ...more,
  });
  const reserve = (more = {}, as: Identity = guest) => askTable(orders, as, 'reserveTable', wish(more));
  const change = (id: string, more: object, as: Identity = guest) =>
    askTable(orders, as, 'changeReservation', { reservation: { id }, idempotencyKey: newId(), ...more });
  const cancel = (id: string, as: Identity = guest) =>
    askTable(orders, as, 'cancelReservation', { reservation: { id } });
  const rows = async (): Promise<number> => {
    const { rows: found } = await orders.pool.query('select 1 from reservation where restaurant_id = $1', [
      place.restaurantId,
    ]);
    return found.length;
  };
  const told = async (id: string): Promise<readonly string[]> => {
    const { rows: found } = await orders.pool.query<{ type: string }>(
      `select type from messaging.outbox where aggregate_type = 'reservation' and aggregate_id = $1 order by aggregate_version`,
      [id],
    );
    return found.map(({ type }) => type);
  };

  test('without a deposit is confirmed in the answer, and tells so', async () => {
    const { reservation } = await reserve({ specialRequests: ' A quiet corner ' });
    expect(reservation).toMatchObject({
      status: 'CONFIRMED',
      reason: null,
      areaId: place.room,
      partySize: 2,
      specialRequests: 'A quiet corner',
      guest: { name: 'Ada' },
      deposit: { amount: 0 },
      tables: null,
      order: { status: 'COMPLETED', payment: null },
    });
    expect(reservation?.code).toMatch(/^[A-HJ-NP-TV-Z2-9]{8}$/);
    expect(await told(reservation?.id ?? '')).toEqual(['reservation.created', 'reservation.confirmed']);
    expect(orders.fakes.holds.get(reservation?.id ?? '')?.state).toBe('SOLD');
    const [event] = (await orders.published('reservation.confirmed')).slice(-1);
    expect(JSON.stringify(event)).not.toContain('Ada');
    expect(event).toMatchObject({ status: 'CONFIRMED', userId: guest.userId, partySize: 2 });
    const [order] = (await orders.published('order.completed')).slice(-1);
    expect(order).toMatchObject({ order: { reservationId: reservation?.id }, tickets: [] });
  });

  test('takes another area when the first is full', async () => {
    const first = await reserved(orders, guest, { restaurantId: place.restaurantId, partySize: 8 });
    expect(first.areaId).toBe(place.room);
    const second = await reserve({ partySize: 4 }, await orders.buyer());
    expect(second.reservation).toMatchObject({ areaId: place.bar, status: 'CONFIRMED' });
    const third = await reserve({ partySize: 3 }, await orders.buyer());
    expect(third).toMatchObject({ __typename: 'TableRefused', code: 'HELD' });
    expect(await rows()).toBe(2);
  });

  test('is the same for the same key, and another input is refused', async () => {
    const input = wish();
    const [first, second] = await Promise.all([
      askTable(orders, guest, 'reserveTable', input),
      askTable(orders, guest, 'reserveTable', input),
    ]);
    expect(first.reservation?.id).toBe(second.reservation?.id);
    expect(await askTable(orders, guest, 'reserveTable', { ...input, partySize: 3 })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await rows()).toBe(1);
  });

  test.each([
    ['no party', { partySize: 0 }, 'input.partySize', 'OUT_OF_RANGE'],
    ['too large a party', { partySize: 9 }, 'input.partySize', 'OUT_OF_RANGE'],
    ['an area of nobody', { areaIds: [newId()] }, 'input.areaIds.0', 'UNKNOWN_AREA'],
    ['an area that is no id', { areaIds: ['x'] }, 'input.areaIds.0', 'NOT_AN_ID'],
    ['a time of no calendar', { startsAt: '0001-01-01T00:00:00Z' }, 'input.startsAt', 'OUT_OF_RANGE'],
    ['a long request', { specialRequests: 'x'.repeat(1001) }, 'input.specialRequests', 'TOO_LONG'],
    ['no key', { idempotencyKey: ' ' }, 'input.idempotencyKey', 'REQUIRED'],
    [
      'a deposit paid nowhere',
      { expectedDeposit: { amount: 1, currency: 'EUR' } },
      'input.paymentProvider',
      'REQUIRED',
    ],
    ['no phone', { guest: { name: 'Bo', phone: '12' } }, 'input.guest.phone', 'NOT_A_PHONE_NUMBER'],
  ])('with %s is refused, and nothing is stored', async (_, more, path, rule) => {
    expect(await reserve(more)).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path, rule }] });
    expect(await rows()).toBe(0);
    const { rows: keys } = await orders.pool.query('select 1 from idempotency_key where person_id = $1', [
      guest.userId,
    ]);
    expect(keys).toEqual([]);
  });

  test('of a restaurant that is nobody’s to see is not there', async () => {
    const draft = await openRestaurant(orders, { status: 'DRAFT' });
    for (const restaurantId of [newId(), 'x', draft.restaurantId]) {
      expect(await reserve({ restaurantId })).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('that is refused leaves no reservation, and its key is free', async () => {
    const input = wish({ partySize: 8, areaIds: [place.bar] });
    expect(await askTable(orders, guest, 'reserveTable', input)).toMatchObject({ code: 'HELD' });
    expect(await rows()).toBe(0);
    expect(
      (await askTable(orders, guest, 'reserveTable', { ...input, partySize: 2 })).reservation?.status,
    ).toBe('CONFIRMED');
    expect(await orders.published('reservation.cancelled')).toEqual([]);
  });

  test('is seen by its guest and who receives guests, and by nobody else', async () => {
    const { id } = await reserved(orders, guest, { restaurantId: place.restaurantId });
    expect(await seen(orders, guest, id)).toMatchObject({ id, tables: null, order: { status: 'COMPLETED' } });
    expect(await seen(orders, orders.owner, id)).toMatchObject({ id, tables: ['T1'], order: {} });
    expect(await seen(orders, orders.door, id)).toMatchObject({ id, tables: ['T1'], order: null });
    expect(await seen(orders, person(), id)).toBeNull();
  });

  test('changes on the net difference, once, and stands when it is refused', async () => {
    const { id, version } = await reserved(orders, guest, {
      restaurantId: place.restaurantId,
      areaIds: [place.bar],
      partySize: 3,
    });
    const input = { reservation: { id }, idempotencyKey: newId(), partySize: 4, areaIds: [place.bar] };
    const [one, two] = await Promise.all([
      askTable(orders, guest, 'changeReservation', input),
      askTable(orders, guest, 'changeReservation', input),
    ]);
    expect(one.reservation).toMatchObject({ partySize: 4, areaId: place.bar, changePending: false });
    expect(two.reservation?.version).toBe(one.reservation?.version);
    expect(one.reservation?.version).toBe(version + 1);
    expect(await change(id, { partySize: 5, areaIds: [place.bar] })).toMatchObject({ code: 'SOLD_OUT' });
    expect(await seen(orders, guest, id)).toMatchObject({ partySize: 4, status: 'CONFIRMED' });
    const later = await change(id, { startsAt: inHours(50) });
    expect(later.reservation).toMatchObject({ startsAt: inHours(50), partySize: 4, areaId: place.bar });
    expect(await told(id)).toEqual([
      'reservation.created',
      'reservation.confirmed',
      'reservation.changed',
      'reservation.changed',
    ]);
    const [event] = (await orders.published('reservation.changed')).slice(-1);
    expect(event).toMatchObject({ previous: { startsAt: inHours(48), partySize: 4 }, startsAt: inHours(50) });
  });

  test.each([
    ['no party', { partySize: 0 }],
    ['too large a party', { partySize: 9 }],
    ['an area of nobody', { areaIds: [newId()] }],
  ])('can’t change to %s', async (_, more) => {
    const { id } = await reserved(orders, guest, { restaurantId: place.restaurantId });
    expect(await change(id, more)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await seen(orders, guest, id)).toMatchObject({ partySize: 2, changePending: false });
  });

  test('is nobody else’s to change or cancel', async () => {
    const { id } = await reserved(orders, guest, { restaurantId: place.restaurantId });
    for (const as of [person(), orders.door]) {
      expect(await change(id, { partySize: 3 }, as)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await cancel(id, as)).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await cancel(newId())).toMatchObject({ code: 'NOT_FOUND' });
    expect(await askTable(orders, guest, 'cancelReservation', { reservation: {} })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('that is cancelled frees its table, once', async () => {
    const { id } = await reserved(orders, guest, { restaurantId: place.restaurantId });
    expect((await cancel(id)).reservation).toMatchObject({ status: 'CANCELLED', reason: 'BY_GUEST' });
    expect((await cancel(id)).reservation).toMatchObject({ status: 'CANCELLED' });
    await orders.quiet();
    expect(orders.fakes.holds.get(id)?.state).toBe('RELEASED');
    expect((await told(id)).filter((type) => type === 'reservation.cancelled')).toHaveLength(1);
    expect(await change(id, { partySize: 3 })).toMatchObject({ code: 'NOT_IN_STATE' });
  });

  test('that has begun is neither changed nor cancelled by its guest, but by the restaurant', async () => {
    const { id } = await reserved(orders, guest, { restaurantId: place.restaurantId });
    await orders.pool.query(
      `update reservation set starts_at = foyer_now() - interval '1 minute', ends_at = foyer_now() + interval '1 hour'
       where id = $1`,
      [id],
    );
    expect(await change(id, { partySize: 3 })).toMatchObject({ code: 'NOT_IN_STATE' });
    expect(await cancel(id)).toMatchObject({ code: 'NOT_CANCELLABLE' });
    expect((await cancel(id, orders.owner)).reservation).toMatchObject({ reason: 'BY_RESTAURANT' });
  });

  test('is no order to cancel, nor its table a ticket to buy', async () => {
    const { id } = await reserved(orders, guest, { restaurantId: place.restaurantId });
    expect(await orders.mutate(guest, 'cancelOrder', { orderId: id })).toMatchObject({
      code: 'NOT_CANCELLABLE',
      message: expect.stringContaining('cancelReservation') as string,
    });
    const data = {
      offerId: place.room,
      kind: 'TABLE',
      listingId: place.restaurantId,
      organizationId: orders.organizationId,
      name: 'Room',
      price: { amount: 0, currency: 'EUR' },
      total: 10,
      limitPerPerson: 10,
      saleStartsAt: null,
      saleEndsAt: null,
      paused: false,
      hidden: false,
    } as const;
    await orders.tell('inventory-events', testEvent(OfferCreated, { aggregateId: place.room, data }));
    const lines = [{ offerId: place.room, quantity: 2 }];
    expect(await orders.place(guest, { lines, expectedTotal: { amount: 0, currency: 'EUR' } })).toMatchObject(
      { code: 'INVALID_INPUT', fields: [{ path: 'input.lines.0.offerId', rule: 'TABLE' }] },
    );
  });

  test('is found by its code and an email, and by neither alone', async () => {
    const email = `${newId()}@example.com`;
    const as = await orders.buyer(email);
    const { id, code } = await reserved(orders, as, { restaurantId: place.restaurantId });
    const query = `query ($code: String!, $email: String!) { reservation(code: $code, email: $email) { ${RESERVATION} } }`;
    const find = async (given: string, mail: string) => {
      const nobody: Identity = { kind: 'guest', address: `10.0.0.${String(asked++)}` };
      const answer = await orders.ask<{ reservation: ReservationView | null }>(nobody, query, {
        code: given,
        email: mail,
      });
      return answer.reservation;
    };
    expect(await find(code.toLowerCase(), ` ${email.toUpperCase()} `)).toMatchObject({
      id,
      order: { status: 'COMPLETED' },
    });
    expect(await find(code, 'eve@example.com')).toBeNull();
    expect(await find('22222222', email)).toBeNull();
    expect(await find('', '')).toBeNull();
  });

  test('may be changed and cancelled by its code, until somebody asks too often', async () => {
    const email = `${newId()}@example.com`;
    const { code } = await reserved(orders, await orders.buyer(email), { restaurantId: place.restaurantId });
    const nobody: Identity = { kind: 'guest', address: '10.1.0.1' };
    const reservation = { code, email };
    const key = newId();
    const changed = await askTable(orders, nobody, 'changeReservation', {
      reservation,
      idempotencyKey: key,
      partySize: 3,
    });
    expect(changed.reservation).toMatchObject({ partySize: 3, guest: { name: 'Ada' } });
    const wrong = { code, email: 'eve@example.com' };
    expect(await askTable(orders, nobody, 'cancelReservation', { reservation: wrong })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const done = await askTable(orders, nobody, 'cancelReservation', { reservation });
    expect(done.reservation?.status).toBe('CANCELLED');
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => askTable(orders, nobody, 'cancelReservation', { reservation: wrong })),
    );
    expect(answers.map(({ code: why }) => why)).toContain('RATE_LIMITED');
  });

  test('stands on the day sheet, and moves on there', async () => {
    const { id, startsAt } = await reserved(orders, guest, { restaurantId: place.restaurantId });
    const query = `query ($id: ID!, $date: String!) { _entities(representations: [{ __typename: "Restaurant", id: $id }]) {
      ... on Restaurant { daySheet(date: $date) { id guest { name } } reservations(first: 5) { edges { node { id } } } } } }`;
    const sheet = async (as: Identity) =>
      (
        await orders.ask<{ _entities: readonly unknown[] }>(as, query, {
          id: place.restaurantId,
          date: startsAt.slice(0, 10),
        })
      )._entities[0];
    expect(await sheet(orders.door)).toEqual({
      daySheet: [{ id, guest: { name: 'Ada' } }],
      reservations: { edges: [{ node: { id } }] },
    });
    expect(await sheet(guest)).toEqual({ daySheet: null, reservations: null });
    expect(await askById(orders, guest, 'seatReservation', id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await askById(orders, orders.door, 'completeReservation', id)).toMatchObject({
      code: 'NOT_IN_STATE',
    });
    expect(await askById(orders, orders.door, 'markNoShow', id)).toMatchObject({ code: 'NOT_IN_STATE' });
    expect(await askById(orders, orders.door, 'seatReservation', id)).toMatchObject({ code: 'NOT_IN_STATE' });
    await begin(orders, id, -30);
    const seated = await askById(orders, orders.door, 'seatReservation', id);
    expect(seated.reservation?.status).toBe('SEATED');
    expect((await askById(orders, orders.door, 'seatReservation', id)).reservation?.version).toBe(
      seated.reservation?.version,
    );
    expect(await cancel(id)).toMatchObject({ code: 'NOT_IN_STATE' });
    const dined = await askById(orders, orders.door, 'completeReservation', id);
    expect(dined.reservation?.status).toBe('COMPLETED');
    await orders.quiet();
    expect(orders.fakes.holds.get(id)?.state).toBe('RELEASED');
    expect(await told(id)).toEqual([
      'reservation.created',
      'reservation.confirmed',
      'reservation.seated',
      'reservation.completed',
    ]);
  });
});
