import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { createTestClient } from '../harness/client.js';
import { checkInvariants } from '../harness/checkInvariants.js';
import { onPayPage } from '../harness/purchase.js';
import {
  cancelReservation,
  changeReservation,
  readReservation,
  payableReservation,
  reservationIs,
  reserved,
  reserveTable,
  type TableAnswer,
} from '../harness/reservation.js';
import { newRestaurant, PARIS, slotsOf, type OpenRestaurant } from '../harness/restaurant.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';
import { acceptOffer, declineOffer, entryIs, joinWaitlist } from '../harness/waitlist.js';

const FIND = `query ($filter: RestaurantFilter) {
  answer: restaurants(filter: $filter) { edges { node { id } } }
}`;
const MINE = `query {
  answer: me { reservations(when: UPCOMING) { edges { node { id restaurant { name } order { status } } } } }
}`;
const HOUR_MS = 3_600_000;

let system: TestSystem;
let owner: Person;
let free: OpenRestaurant;
let dear: OpenRestaurant;

beforeAll(async () => {
  system = await startTestSystem();
  owner = await newPerson(system, 'Owner');
  free = await newRestaurant(system, owner);
  dear = await newRestaurant(system, owner, {
    deposit: 1005,
    areas: [
      { name: 'Room', tables: Array.from({ length: 8 }, (_, name) => ({ name: String(name), seats: 2 })) },
    ],
  });
});

afterEach(async () => {
  expect(await checkInvariants(system.variables)).toEqual([]);
});

afterAll(async () => {
  await system.stop();
});

/** A time so many hours from now at which a seating may begin. */
async function timeIn(hours: number, restaurant = free): Promise<string> {
  const wanted = Date.now() + hours * HOUR_MS;
  // It may be so late that no seating begins before the restaurant's next day.
  const days = [wanted, wanted + 24 * HOUR_MS].map((instant) => new Date(instant).toISOString().slice(0, 10));
  const slots = await Promise.all(days.map((day) => slotsOf(owner, restaurant.restaurantId, day)));
  const next = slots.flat().find((startsAt) => Date.parse(startsAt) >= wanted);
  if (next === undefined) throw new Error(`there is no time in ${hours} hours`);
  return next;
}

describe('a table', () => {
  it('is found, reserved, changed to two people, and cancelled in time', async () => {
    const diner = await newPerson(system, 'Diner');
    const at = await timeIn(30);
    const find = async () => {
      const filter = { near: { point: PARIS }, free: { at, partySize: 4 } };
      const { edges } = await diner.ask<{ edges: { node: { id: string } }[] }>(FIND, { filter });
      return edges.map(({ node }) => node.id);
    };
    await waitUntil(async () => (await find()).includes(free.restaurantId), 'the free table');

    const reservation = await reserved(diner, free, { startsAt: at, partySize: 4 });
    expect(reservation).toMatchObject({
      status: 'CONFIRMED',
      restaurant: { name: free.name },
      areaName: 'Room',
      deposit: { amount: 0 },
      order: { status: 'COMPLETED', payment: null },
    });
    await waitUntil(async () => !(await find()).includes(free.restaurantId), 'the table being gone');
    expect(await diner.ask(MINE, {})).toMatchObject({
      reservations: {
        edges: [
          { node: { id: reservation.id, restaurant: { name: free.name }, order: { status: 'COMPLETED' } } },
        ],
      },
    });

    // The only table is the party's own: it may be fewer at it, and no more than it seats.
    expect((await changeReservation(diner, reservation.id, { partySize: 2 })).reservation).toMatchObject({
      partySize: 2,
      status: 'CONFIRMED',
      startsAt: at,
    });
    expect(await changeReservation(diner, reservation.id, { partySize: 5 })).toMatchObject({
      __typename: 'TableRefused',
    });
    expect(await readReservation(diner, reservation.id)).toMatchObject({ partySize: 2, status: 'CONFIRMED' });
    expect((await cancelReservation(diner, reservation.id)).reservation).toMatchObject({
      status: 'CANCELLED',
      reason: 'BY_GUEST',
    });
    await waitUntil(async () => (await find()).includes(free.restaurantId), 'the table being back');
  });

  it('with a deposit is paid in the sandbox, and half of it is kept from who cancels late', async () => {
    const diner = await newPerson(system, 'Diner');
    const startsAt = await timeIn(5, dear);
    const wish = { startsAt, partySize: 1, expectedDeposit: { amount: 1005, currency: 'EUR' } };
    const { id, status } = await reserved(diner, dear, wish);
    expect(status).toBe('PENDING');
    await onPayPage((await payableReservation(diner, id)).order?.payment?.payUrl, 'pay');
    await reservationIs(diner, id, (present) => present.status === 'CONFIRMED', 'the confirmation');
    await cancelReservation(diner, id);
    const after = await reservationIs(
      diner,
      id,
      ({ order }) => (order?.refunded.amount ?? 0) > 0,
      'the rest of the deposit going back',
    );
    expect(after).toMatchObject({
      status: 'CANCELLED',
      order: { status: 'CANCELLED', refunded: { amount: 502 } },
    });
  });

  it('with a deposit that is cancelled in time costs nothing', async () => {
    const diner = await newPerson(system, 'Diner');
    const startsAt = await timeIn(50, dear);
    const { id } = await reserved(diner, dear, {
      startsAt,
      expectedDeposit: { amount: 2010, currency: 'EUR' },
    });
    await onPayPage((await payableReservation(diner, id)).order?.payment?.payUrl, 'pay');
    await reservationIs(diner, id, (present) => present.status === 'CONFIRMED', 'the confirmation');
    await cancelReservation(diner, id);
    await reservationIs(diner, id, ({ order }) => order?.status === 'REFUNDED', 'the refund');
  });

  it('is had by exactly one of five who want the last at once', async () => {
    const small = await newRestaurant(system, owner, {
      areas: [{ name: 'Nook', tables: [{ name: '1', seats: 2 }] }],
    });
    const people = await newPeople(system, 5);
    const startsAt = await timeIn(40, small);
    const answers = await Promise.all(people.map((person) => reserveTable(person, small, { startsAt })));
    expect(answers.filter(({ reservation }) => reservation?.status === 'CONFIRMED')).toHaveLength(1);
    const refused = answers.filter(({ reservation }) => !reservation);
    for (const { code, freeTimes } of refused) {
      expect(['SOLD_OUT', 'HELD']).toContain(code);
      expect(freeTimes?.length).toBeGreaterThan(0);
    }
    // What is said to be free is free.
    const [time] = refused[0]?.freeTimes ?? [];
    const again = await reserveTable(
      people.find((_, index) => !answers[index]?.reservation) as Person,
      small,
      {
        startsAt: time?.startsAt ?? '',
      },
    );
    expect(again.reservation?.status).toBe('CONFIRMED');
  });
});

describe('a full restaurant', () => {
  it('offers what comes free to who waits, in order, whoever declines', async () => {
    const small = await newRestaurant(system, owner, {
      areas: [{ name: 'Nook', tables: [{ name: '1', seats: 2 }] }],
    });
    const [first, second, third, stranger] = (await newPeople(system, 4)) as [Person, Person, Person, Person];
    const startsAt = await timeIn(40, small);
    const { id } = await reserved(first, small, { startsAt });
    const ahead = await joinWaitlist(second, small, startsAt, 2);
    const behind = await joinWaitlist(third, small, startsAt, 2);
    await cancelReservation(first, id);
    await entryIs(second, ahead.id, 'OFFERED');
    // Nobody takes it past the line.
    expect(await reserveTable(stranger, small, { startsAt })).toMatchObject({ code: 'HELD' });
    await declineOffer(second, ahead.id);
    await entryIs(third, behind.id, 'OFFERED');
    expect(await acceptOffer(third, behind.id)).toMatchObject({ status: 'CONFIRMED', startsAt });
  });
});

describe('what can’t be reserved', () => {
  const stored = async (person: Person): Promise<unknown> => person.ask(MINE, {});
  const NOTHING = { reservations: { edges: [] } };

  it.each<[string, () => Promise<object> | object, RegExp]>([
    [
      'a time outside of the slots',
      async () => ({ startsAt: new Date(Date.parse(await timeIn(30)) + 60_000).toISOString() }),
      /^OUTSIDE_HOURS$/,
    ],
    [
      'a time that is past',
      () => ({ startsAt: new Date(Date.now() - HOUR_MS).toISOString() }),
      /^SALE_ENDED$/,
    ],
    [
      'a time beyond the horizon',
      // At noon, when it is open whatever time it is now.
      () => ({
        startsAt: `${new Date(Date.now() + 40 * 24 * HOUR_MS).toISOString().slice(0, 10)}T12:00:00Z`,
      }),
      /^NOT_ON_SALE$/,
    ],
    ['a party of nobody', async () => ({ startsAt: await timeIn(30), partySize: 0 }), /^INVALID_INPUT$/],
    [
      'a party above the limit',
      async () => ({ startsAt: await timeIn(30), partySize: 999 }),
      /^INVALID_INPUT$/,
    ],
    [
      'an area of nobody',
      async () => ({ startsAt: await timeIn(30), areaIds: [randomUUID()] }),
      /^INVALID_INPUT$/,
    ],
    [
      'a restaurant of nobody',
      async () => ({ startsAt: await timeIn(30), restaurantId: randomUUID() }),
      /^NOT_FOUND$/,
    ],
  ])('%s is refused with what would work, and stores nothing', async (_, wish, code) => {
    const diner = await newPerson(system, 'Diner');
    const answer: TableAnswer = await reserveTable(diner, free, {
      startsAt: new Date().toISOString(),
      ...(await wish()),
    });
    expect(answer.code).toMatch(code);
    expect(answer.message?.length).toBeGreaterThan(10);
    if (answer.__typename === 'TableRefused') expect(answer.freeTimes?.length).toBeGreaterThan(0);
    expect(await stored(diner)).toEqual(NOTHING);
  });

  it('a malformed time is an error, and stores nothing', async () => {
    const diner = await newPerson(system, 'Diner');
    await expect(reserveTable(diner, free, { startsAt: '2026-02-30T19:00' })).rejects.toThrow(/no instant/);
    expect(await stored(diner)).toEqual(NOTHING);
  });

  it('two tables at once for one person', async () => {
    const diner = await newPerson(system, 'Diner');
    const startsAt = await timeIn(60, dear);
    const wish = { startsAt, expectedDeposit: { amount: 2010, currency: 'EUR' } };
    const { id } = await reserved(diner, dear, wish);
    const answer = await reserveTable(diner, dear, wish);
    expect(answer).toMatchObject({ __typename: 'TableRefused', code: 'OVERLAPPING' });
    await cancelReservation(diner, id);
  });

  it('twice by one key is once', async () => {
    const diner = await newPerson(system, 'Diner');
    const wish = { startsAt: await timeIn(70), idempotencyKey: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => reserveTable(diner, free, wish)));
    expect(new Set(answers.map(({ reservation }) => reservation?.id)).size).toBe(1);
    const [first] = answers;
    await cancelReservation(diner, first?.reservation?.id ?? '');
  });

  it('somebody else’s reservation, by id or by code', async () => {
    const [diner, eve] = await newPeople(system, 2);
    if (!diner || !eve) throw new Error('nobody came');
    const { id, code } = await reserved(diner, free, { startsAt: await timeIn(80) });
    expect(await readReservation(eve, id)).toBeNull();
    expect(await cancelReservation(eve, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await changeReservation(eve, id, { partySize: 3 })).toMatchObject({ code: 'NOT_FOUND' });
    const byCode = (email: string) =>
      eve.ask(
        `query ($code: String!, $email: String!) { answer: reservation(code: $code, email: $email) { id } }`,
        { code, email },
      );
    expect(await byCode(eve.email)).toBeNull();
    expect(await byCode(diner.email)).toEqual({ id });
    // Who has no account at all needs both, too.
    const nobody = createTestClient(system.endpoint, null);
    const cancel = (email: string) =>
      nobody.ask<TableAnswer>(
        `mutation ($input: CancelReservationInput!) {
          answer: cancelReservation(input: $input) { __typename ... on Refusal { code }
            ... on CancelReservationPayload { reservation { status restaurant { name } } } }
        }`,
        { input: { reservation: { code, email } } },
      );
    expect(await cancel(eve.email)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await cancel(diner.email)).reservation).toEqual({
      status: 'CANCELLED',
      restaurant: { name: free.name },
    });
  });
});
