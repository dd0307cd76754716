import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { createRandom, type Random } from '../chaos/random.js';
import { checkInvariants } from '../harness/checkInvariants.js';
import { observe, type Observer } from '../harness/quiet.js';
import {
  cancelReservation,
  changeReservation,
  readReservation,
  reserveTable,
  type ReservationView,
  type TableAnswer,
} from '../harness/reservation.js';
import { areasOf, dayIn, newRestaurant, slotsOf, type OpenRestaurant } from '../harness/restaurant.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';
import { readTimelines, timelineFaults, type Party, type StoredTimelines } from '../harness/timelines.js';

let system: TestSystem;
let observer: Observer;
let owner: Person;

beforeAll(async () => {
  system = await startTestSystem();
  observer = await observe(system.variables);
  owner = await newPerson(system, 'Owner');
});

afterAll(async () => {
  await observer.close();
  await system.stop();
});

describe('overlapping seatings at random times', () => {
  const random = createRandom('overlapping seatings');
  /** The newest that anybody was told of a reservation. */
  const told = new Map<string, { readonly person: Person; readonly view: ReservationView }>();
  const codes = new Map<string, number>();
  let place: OpenRestaurant;

  /** Asks until there is an answer, under one key, and remembers it. */
  async function insist(
    person: Person,
    ask: (idempotencyKey: string) => Promise<TableAnswer>,
  ): Promise<ReservationView | null> {
    const idempotencyKey = randomUUID();
    const { reservation: view, code = 'GRANTED' } = await waitUntil(
      () => ask(idempotencyKey).catch(() => null),
      'an answer',
      240_000,
    );
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (view && view.version >= (told.get(view.id)?.view.version ?? 0)) told.set(view.id, { person, view });
    return view ?? null;
  }

  /** What somebody does of an evening: two tables at once, then this or that with what they got. */
  async function spend(person: Person, times: readonly string[], chance: Random): Promise<void> {
    const wish = () => ({
      startsAt: chance.pick(times),
      partySize: chance.integer(1, 8),
      ...(chance.next() < 0.3 && { areaIds: [chance.pick(Object.values(place.areas))] }),
    });
    const wishes = [wish(), wish()];
    const changes = [wish(), wish()];
    const turns = wishes.map(() =>
      chance.pick(['KEEP', 'CHANGE', 'CANCEL', 'BOTH', 'CHANGE_THEN_CANCEL'] as const),
    );
    const got = await Promise.all(
      wishes.map((each) =>
        insist(person, (idempotencyKey) => reserveTable(person, place, { ...each, idempotencyKey })),
      ),
    );
    await Promise.all(
      got.map(async (reservation, index) => {
        if (!reservation) return;
        const change = () =>
          insist(person, (idempotencyKey) =>
            changeReservation(person, reservation.id, { ...changes[index], idempotencyKey }),
          );
        const cancel = () => insist(person, () => cancelReservation(person, reservation.id));
        const turn = turns[index];
        if (turn === 'CHANGE') await change();
        if (turn === 'CANCEL') await cancel();
        if (turn === 'BOTH') await Promise.all([change(), cancel()]);
        if (turn === 'CHANGE_THEN_CANCEL') {
          await change();
          await cancel();
        }
      }),
    );
  }

  let parties: readonly Party[];
  let stored: StoredTimelines;
  const faultsOf = async (of: StoredTimelines): Promise<readonly string[]> =>
    timelineFaults(await areasOf(owner, place.restaurantId), parties, of);

  it('under two hundred bookings at once leave every table as it is drawn from scratch', async () => {
    const tables = [2, 2, 2, 2, 4, 4, 4, 6].map((seats, index) => ({
      name: String(index),
      seats,
      minimumParty: seats === 6 ? 3 : 1,
    }));
    place = await newRestaurant(system, owner, {
      areas: [
        {
          name: 'Room',
          tables,
          joins: [
            ['0', '1'],
            ['2', '3'],
            ['4', '5'],
            ['5', '6'],
            ['0', '1', '2'],
          ],
        },
        { name: 'Bar', place: 'BAR', kind: 'SEATS', seats: 12 },
      ],
      durations: [
        { upToPartySize: 2, minutes: 60 },
        { upToPartySize: 4, minutes: 90 },
        { upToPartySize: 60, minutes: 135 },
      ],
    });
    const times = (
      await Promise.all([3, 4].map((days) => slotsOf(owner, place.restaurantId, dayIn(days))))
    ).flatMap((slots) => slots.slice(-12));
    const people = await newPeople(system, 100);
    await Promise.all(people.map((person, index) => spend(person, times, random.fork(String(index)))));

    expect(await checkInvariants(system.variables)).toEqual([]);
    const known = await Promise.all(
      [...told.values()].map(async ({ person, view }) => {
        const now = await readReservation(person, view.id);
        if (!now) throw new Error(`reservation ${view.id} is gone`);
        // Nobody was told what is not so: newer than what is there, or something else under the same version.
        expect(now.version).toBeGreaterThanOrEqual(view.version);
        if (now.version === view.version) expect({ ...now, order: null }).toEqual({ ...view, order: null });
        return now;
      }),
    );
    parties = known
      .filter(({ status }) => status === 'CONFIRMED')
      .map(({ id, areaId, startsAt, endsAt, partySize }) => {
        return { orderId: id, areaId, startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), partySize };
      });
    stored = await readTimelines(observer.databases, Object.values(place.areas));
    expect(await faultsOf(stored)).toEqual([]);

    // It was a real crowd: tables ran out, were joined, moved and given back.
    expect(codes.get('SOLD_OUT') ?? 0).toBeGreaterThan(0);
    expect(parties.length).toBeGreaterThan(15);
    expect(known.some(({ status }) => status === 'CANCELLED')).toBe(true);
    expect(stored.seatings.some((seating) => seating.tables.length > 1)).toBe(true);
    expect(stored.cells.length).toBeGreaterThan(0);
    const drift = await system.operator.ask<readonly unknown[]>(`{ answer: inventoryDrift { subject } }`);
    expect(drift).toEqual([]);
  });

  it.each<[string, (of: StoredTimelines) => StoredTimelines, RegExp]>([
    ['a table without its party', (of) => ({ ...of, tables: of.tables.slice(1) }), /only a hold has/],
    [
      'a table left to who is gone',
      (of) => ({ ...of, tables: [...of.tables, ...of.tables.slice(0, 1)] }),
      /only a timeline has/,
    ],
    [
      'a party without its hold',
      (of) => ({ ...of, seatings: of.seatings.slice(1) }),
      /only guests were told/,
    ],
    [
      'two parties at one table',
      (of) => ({
        ...of,
        seatings: [...of.seatings, ...of.seatings.filter(({ tables }) => tables.length > 0).slice(0, 1)],
      }),
      /two parties at/,
    ],
    [
      'a seat that nobody sits on',
      (of) => ({ ...of, cells: of.cells.map((cell) => ({ ...cell, taken: cell.taken + 1 })) }),
      /only the database counts/,
    ],
  ])('control: %s is seen', async (_, spoil, fault) => {
    expect(await faultsOf(spoil(stored))).toContainEqual(expect.stringMatching(fault));
  });
});
