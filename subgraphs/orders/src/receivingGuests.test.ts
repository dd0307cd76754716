import { WaitlistLapsed, WaitlistOffered } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { person, waitUntil } from '@foyer/platform/testing';
import type { ExecutionResult } from 'graphql';
import { createTestOrders, type TestOrders } from './testing/createTestOrders.js';
import {
  askById,
  askTable,
  begin as beginTable,
  inHours,
  openRestaurant,
  reserved,
  seen,
  type ReservationView,
  type TestRestaurant,
} from './testing/tables.js';

describe('receiving guests', () => {
  let orders: TestOrders;
  let guest: Identity & { readonly kind: 'user' };
  let place: TestRestaurant;
  beforeAll(async () => {
    orders = await createTestOrders({ environment: { ORDERS_VISIT_POLL_MS: '50' } });
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    guest = await orders.buyer();
    place = await openRestaurant(orders, { deposit: 1000 });
    orders.fakes.fault = () => null;
  });

  const free = () => openRestaurant(orders);
  const until = (id: string, status: string): Promise<ReservationView> =>
    waitUntil(async () => {
      const found = await seen(orders, orders.owner, id);
      return found?.status === status && found;
    }, `reservation ${id} being ${status}`);
  const begin = (id: string, minutesAgo: number) => beginTable(orders, id, minutesAgo);

  test('staff book for who calls, without a deposit, and keep the name sealed', async () => {
    const answer = await askTable(orders, orders.owner, 'reserveForGuest', {
      idempotencyKey: newId(),
      restaurantId: place.restaurantId,
      startsAt: inHours(30),
      partySize: 9,
      guest: { name: 'Bo Caller', email: 'Bo@Example.com', phone: '+49 30 1234567' },
    });
    const { reservation } = answer;
    expect(reservation).toMatchObject({
      status: 'CONFIRMED',
      deposit: { amount: 0 },
      guest: { name: 'Bo Caller', email: 'bo@example.com' },
    });
    const { rows } = await orders.pool.query<{ all: string }>(
      `select concat(o::text, r::text, (select string_agg(payload::text, '') from messaging.outbox)) as all
       from orders o join reservation r using (id) where o.id = $1`,
      [reservation?.id],
    );
    expect(rows[0]?.all).not.toMatch(/Bo Caller|bo@example|1234567/i);
    const nobody: Identity = { kind: 'guest', address: '10.2.0.1' };
    const query = `query ($code: String!) { reservation(code: $code, email: "bo@example.com") { id order { buyer { name user { id } } } } }`;
    expect(await orders.ask(nobody, query, { code: reservation?.code })).toEqual({
      reservation: { id: reservation?.id, order: { buyer: { name: 'Guest', user: null } } },
    });
  });

  test.each(['reserveForGuest', 'walkIn'])('%s is for staff of that restaurant', async (name) => {
    const input = {
      idempotencyKey: newId(),
      restaurantId: place.restaurantId,
      partySize: 2,
      ...(name === 'walkIn' ? {} : { startsAt: inHours(30), guest: { name: 'Bo' } }),
    };
    expect(await askTable(orders, guest, name, input)).toMatchObject({ code: 'NOT_FOUND' });
    const asDoor = await askTable(orders, orders.door, name, input);
    if (name === 'walkIn') expect(asDoor.reservation?.status).toBe('SEATED');
    else expect(asDoor).toMatchObject({ code: 'NOT_PERMITTED' });
  });

  test('a walk-in is seated at once, with a name or without', async () => {
    const { reservation } = await askTable(orders, orders.door, 'walkIn', {
      idempotencyKey: newId(),
      restaurantId: place.restaurantId,
      partySize: 3,
    });
    expect(reservation).toMatchObject({ status: 'SEATED', guest: null, deposit: { amount: 0 } });
    expect(Date.parse(reservation?.startsAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  test('who has not come in time is a no-show, and the deposit stays', async () => {
    const { restaurantId } = await free();
    const [late, early] = [
      await reserved(orders, guest, { restaurantId }),
      await reserved(orders, await orders.buyer(), { restaurantId }),
    ];
    await begin(early.id, 20);
    await begin(late.id, 31);
    await until(late.id, 'NO_SHOW');
    await orders.quiet();
    expect(orders.fakes.holds.get(late.id)?.state).toBe('RELEASED');
    expect(orders.fakes.holds.get(early.id)?.state).toBe('SOLD');
    expect((await seen(orders, guest, late.id))?.order?.status).toBe('COMPLETED');
    expect((await askById(orders, orders.door, 'markNoShow', early.id)).reservation?.status).toBe('NO_SHOW');
    expect(await askById(orders, orders.door, 'seatReservation', late.id)).toMatchObject({
      code: 'NOT_IN_STATE',
    });
  });

  test('who was seated is no no-show, and has dined some hours after the end', async () => {
    const { restaurantId } = await free();
    const { id } = await reserved(orders, guest, { restaurantId });
    expect(await askById(orders, orders.door, 'seatReservation', id)).toMatchObject({ code: 'NOT_IN_STATE' });
    await begin(id, -50);
    await askById(orders, orders.door, 'seatReservation', id);
    await begin(id, 60);
    const other = await reserved(orders, await orders.buyer(), { restaurantId });
    await begin(other.id, 60);
    await until(other.id, 'NO_SHOW');
    expect((await seen(orders, guest, id))?.status).toBe('SEATED');
    await begin(id, 90 + 181);
    await until(id, 'COMPLETED');
  });

  test('seating and missing at once: one of them counts', async () => {
    const { restaurantId } = await free();
    const { id } = await reserved(orders, guest, { restaurantId });
    await begin(id, 29);
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => askById(orders, orders.door, 'seatReservation', id)),
      ...Array.from({ length: 5 }, () => askById(orders, orders.door, 'markNoShow', id)),
    ]);
    const statuses = new Set(answers.flatMap(({ reservation }) => (reservation ? [reservation.status] : [])));
    expect(statuses.size).toBe(1);
    expect(answers.filter(({ code }) => code === 'NOT_IN_STATE')).toHaveLength(5);
  });

  test('a change that nobody has answered keeps the table, and the clock waits for it', async () => {
    const { restaurantId } = await free();
    const { id } = await reserved(orders, guest, { restaurantId });
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    orders.fakes.fault = async (operation) => {
      if (operation === 'ChangeHold') await gate;
      return null;
    };
    const asked = askTable(orders, guest, 'changeReservation', {
      reservation: { id },
      idempotencyKey: newId(),
      startsAt: inHours(50),
    });
    await waitUntil(async () => (await seen(orders, guest, id))?.changePending, 'the change being asked');
    expect(await askById(orders, orders.door, 'seatReservation', id)).toMatchObject({ code: 'NOT_IN_STATE' });
    await begin(id, 60);
    const other = await reserved(orders, await orders.buyer(), { restaurantId });
    await begin(other.id, 60);
    await until(other.id, 'NO_SHOW');
    open();
    expect((await asked).reservation).toMatchObject({ status: 'CONFIRMED', startsAt: inHours(50) });
  });

  test('an offer of the line is taken in place of a hold, once, and by nobody else', async () => {
    const { restaurantId, room } = await free();
    const offered = async (userId: string) => {
      const entryId = newId();
      const startsAt = inHours(48);
      const line = { offerId: room, quantity: 2, seating: { startsAt, anyOf: [] } };
      orders.fakes.waiting.set(entryId, { personId: userId, line, state: 'OFFERED' });
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      const data = {
        entryId,
        userId,
        restaurantId,
        partySize: 2,
        areaId: room,
        startsAt,
        endsAt: inHours(50),
        holdOrderId: newId(),
        expiresAt,
      };
      await orders.tell('inventory-events', testEvent(WaitlistOffered, { aggregateId: entryId, data }));
      return data;
    };
    const offer = await offered(guest.userId);
    const accept = (entryId: string, as: Identity = guest, idempotencyKey = newId()) =>
      askTable(orders, as, 'acceptWaitlistOffer', { entryId, idempotencyKey });
    expect(await accept(offer.entryId, await orders.buyer())).toMatchObject({ code: 'NOT_FOUND' });
    const key = newId();
    const { reservation } = await accept(offer.entryId, guest, key);
    expect(reservation).toMatchObject({ status: 'CONFIRMED', partySize: 2, startsAt: inHours(48) });
    expect((await accept(offer.entryId, guest, key)).reservation?.id).toBe(reservation?.id);
    expect(await accept(offer.entryId)).toMatchObject({ code: 'LAPSED', __typename: 'TableRefused' });

    const other = await offered(guest.userId);
    const decline = async (entryId: string, as: Identity = guest) =>
      (
        await orders.ask(as, 'mutation ($id: ID!) { declineWaitlistOffer(entryId: $id) { __typename } }', {
          id: entryId,
        })
      )['declineWaitlistOffer'];
    expect(await decline(other.entryId, await orders.buyer())).toEqual({ __typename: 'NotFound' });
    expect(await decline(other.entryId)).toEqual({ __typename: 'DeclineWaitlistOfferPayload' });
    expect(orders.fakes.waiting.get(other.entryId)?.state).toBe('LEFT');
    await orders.tell(
      'inventory-events',
      testEvent(WaitlistLapsed, { aggregateId: other.entryId, aggregateVersion: 2, data: other }),
    );
    expect(await accept(other.entryId)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('reservationUpdated shows a reservation to its guest, and all of them to who receives guests', async () => {
    const { restaurantId } = await free();
    const take = async (stream: AsyncIterableIterator<ExecutionResult>): Promise<ReservationView> => {
      const { value } = (await stream.next()) as { readonly value: ExecutionResult };
      if (value.errors) throw new Error(JSON.stringify(value.errors));
      return (value.data as { readonly reservationUpdated: ReservationView }).reservationUpdated;
    };
    const { id } = await reserved(orders, guest, { restaurantId });
    const FIELDS = '{ id status version }';
    const own = await orders.follow(
      guest,
      `subscription ($id: ID) { reservationUpdated(id: $id) ${FIELDS} }`,
      {
        id,
      },
    );
    const all = await orders.follow(
      orders.door,
      `subscription ($id: ID) { reservationUpdated(restaurantId: $id) ${FIELDS} }`,
      { id: restaurantId },
    );
    expect(await take(own)).toMatchObject({ id, status: 'CONFIRMED' });
    expect(await take(all)).toMatchObject({ id, status: 'CONFIRMED' });
    await begin(id, 0);
    await askById(orders, orders.door, 'seatReservation', id);
    expect(await take(own)).toMatchObject({ id, status: 'SEATED' });
    expect(await take(all)).toMatchObject({ id, status: 'SEATED' });
    for (const stream of [own, all]) await stream.return?.();
    for (const variables of [{ id }, { restaurantId }, {}]) {
      const query = `subscription ($id: ID, $restaurantId: ID) {
        reservationUpdated(id: $id, restaurantId: $restaurantId) ${FIELDS} }`;
      const refused = orders.follow(person(), query, variables).then(take);
      await expect(refused).rejects.toThrow('NOT_FOUND');
    }
  });
});
