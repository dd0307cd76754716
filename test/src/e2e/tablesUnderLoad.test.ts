import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createRandom, type Random } from '../chaos/random.js';
import { checkInvariants } from '../harness/checkInvariants.js';
import { eventually } from '../harness/eventually.js';
import { observe, type Observer } from '../harness/quiet.js';
import {
  cancelReservation,
  changeReservation,
  readReservation,
  reserved,
  reserveTable,
  type ReservationView,
  type TableAnswer,
} from '../harness/reservation.js';
import { areasOf, dayIn, newRestaurant, slotsOf, type OpenRestaurant } from '../harness/restaurant.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';
import { readTimelines, timelineFaults, type Party, type StoredTimelines } from '../harness/timelines.js';
import {
  acceptOffer,
  declineOffer,
  entryIs,
  joinWaitlist,
  letOfferRunOut,
  lineFaults,
} from '../harness/waitlist.js';

let system: TestSystem;
let observer: Observer;
let owner: Person;

beforeAll(async () => {
  system = await startTestSystem();
  observer = await observe(system.variables);
  owner = await newPerson(system, 'Owner');
}, 120_000);

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
    const { reservation: view, code = 'GRANTED' } = await eventually(
      () => ask(idempotencyKey).catch(() => null),
      'an answer',
      120_000,
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

  it('under two hundred people at once leave every table as it is drawn from scratch', async () => {
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
      await Promise.all([3, 4, 5].map((days) => slotsOf(owner, place.restaurantId, dayIn(days))))
    ).flatMap((slots) => slots.slice(-16));
    const people = await newPeople(system, 200);
    await Promise.all(people.map((person, index) => spend(person, times, random.fork(String(index)))));

    expect(await checkInvariants(system.variables, 120_000)).toEqual([]);
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
    expect(parties.length).toBeGreaterThan(30);
    expect(known.some(({ status }) => status === 'CANCELLED')).toBe(true);
    expect(stored.seatings.some((seating) => seating.tables.length > 1)).toBe(true);
    expect(stored.cells.length).toBeGreaterThan(0);
    const drift = await system.operator.ask<readonly unknown[]>(`{ answer: inventoryDrift { subject } }`);
    expect(drift).toEqual([]);
  }, 400_000);

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

describe('a line of ten while tables come free', () => {
  const SEATS = [2, 2, 4, 4, 6];
  const LINE = [
    [2, 'RETURN'],
    [6, 'DECLINE'],
    [4, 'LAPSE'],
    [2, 'RETURN'],
    [5, 'RETURN'],
    [1, 'DECLINE'],
    [3, 'LAPSE'],
    [6, 'RETURN'],
    // Whoever keeps their table stands behind those who need a larger one.
    [2, 'KEEP'],
    [4, 'KEEP'],
  ] as const;

  interface Full {
    readonly place: OpenRestaurant;
    readonly startsAt: string;
    readonly seats: ReadonlyMap<string, number>;
    readonly guests: readonly { readonly person: Person; readonly id: string }[];
  }

  /** A restaurant all of whose tables are taken at one time. */
  async function fullRestaurant(): Promise<Full> {
    const place = await newRestaurant(system, owner, {
      areas: [{ name: 'Room', tables: SEATS.map((seats, index) => ({ name: String(index), seats })) }],
      limitPerPersonAndDay: 20,
    });
    const startsAt = (await slotsOf(owner, place.restaurantId, dayIn(3)))[30] ?? '';
    const people = await newPeople(system, SEATS.length);
    const guests = await Promise.all(
      people.map(async (person, index) => {
        const { id } = await reserved(person, place, { startsAt, partySize: SEATS[index] });
        return { person, id };
      }),
    );
    const [room] = await areasOf(owner, place.restaurantId);
    return { place, startsAt, guests, seats: new Map(room?.tables.map(({ id, seats }) => [id, seats])) };
  }

  /** Somebody who tries to get a table past the line, again and again, and leaves it if they do. @returns how often they were refused. */
  async function pushIn(
    person: Person,
    { place, startsAt }: Full,
    chance: Random,
    isOver: () => boolean,
  ): Promise<number> {
    let refused = 0;
    while (!isOver()) {
      const partySize = chance.integer(1, 6);
      const { reservation } = await reserveTable(person, place, { startsAt, partySize });
      if (reservation) await cancelReservation(person, reservation.id);
      else refused += 1;
    }
    return refused;
  }

  const faultsOf = (full: Full, strangers: readonly Person[]): Promise<readonly string[]> =>
    lineFaults(
      observer.databases,
      full.place.restaurantId,
      full.seats,
      new Set(strangers.map(({ id }) => id)),
    );

  it('offers in order except for size, and nobody gets past it', async () => {
    const full = await fullRestaurant();
    const people = await newPeople(system, LINE.length);
    const strangers = await newPeople(system, 20);
    const line: { person: Person; id: string; fate: (typeof LINE)[number][1] }[] = [];
    for (const [index, [partySize, fate]] of LINE.entries()) {
      const person = people[index] as Person;
      const { id, ahead } = await joinWaitlist(person, full.place, full.startsAt, partySize);
      expect(ahead).toBe(index);
      line.push({ person, id, fate });
    }
    const meet = async ({ person, id, fate }: (typeof line)[number]): Promise<void> => {
      await entryIs(person, id, 'OFFERED');
      if (fate === 'DECLINE') {
        await declineOffer(person, id);
        await entryIs(person, id, 'LEFT');
      } else if (fate === 'LAPSE') {
        await letOfferRunOut(observer.databases, id);
        await entryIs(person, id, 'LAPSED');
      } else {
        const reservation = await acceptOffer(person, id);
        expect(reservation).toMatchObject({ status: 'CONFIRMED', startsAt: full.startsAt });
        await entryIs(person, id, 'TAKEN');
        if (fate === 'RETURN') await cancelReservation(person, reservation.id);
      }
    };
    let isOver = false;
    const random = createRandom('past the line');
    const [refused] = await Promise.all([
      Promise.all(
        strangers.map((person, index) => pushIn(person, full, random.fork(String(index)), () => isOver)),
      ),
      Promise.all([
        ...full.guests.map(({ person, id }) => cancelReservation(person, id)),
        ...line.map(meet),
      ]).finally(() => {
        isOver = true;
      }),
    ]);

    expect(refused.every((times) => times > 0)).toBe(true);
    expect(await faultsOf(full, strangers)).toEqual([]);
    expect(await checkInvariants(system.variables, 120_000)).toEqual([]);
    // Nobody waits any more: who comes now gets what is left.
    const [stranger] = strangers as [Person];
    expect(await reserveTable(stranger, full.place, { startsAt: full.startsAt, partySize: 6 })).toMatchObject(
      {
        reservation: { status: 'CONFIRMED' },
      },
    );
    expect(await checkInvariants(system.variables, 120_000)).toEqual([]);
  }, 400_000);

  it('control: were it not asked when a table comes free, somebody would get past it', async () => {
    const full = await fullRestaurant();
    const [waiting, stranger] = (await newPeople(system, 2)) as [Person, Person];
    await joinWaitlist(waiting, full.place, full.startsAt, 2);
    const line = createRequire(resolve(__dirname, '../../../subgraphs/inventory/dist/index.js'))(
      './domain/tables/offerWaitlist.js',
    ) as { offerWaitlist(): void };
    const asked = jest.spyOn(line, 'offerWaitlist').mockReturnValue();
    try {
      await Promise.all(full.guests.map(({ person, id }) => cancelReservation(person, id)));
      await eventually(
        async () => {
          const answer = await reserveTable(stranger, full.place, { startsAt: full.startsAt });
          return answer.reservation;
        },
        'a table past the line',
        60_000,
      );
    } finally {
      asked.mockRestore();
    }
    expect(await faultsOf(full, [stranger])).toContainEqual(
      expect.stringMatching(/place 1, 2 people, was passed over by a stranger/),
    );
    expect(await checkInvariants(system.variables, 120_000)).toEqual([]);
  }, 200_000);
});
