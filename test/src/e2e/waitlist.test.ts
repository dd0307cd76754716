import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { waitUntil } from '@foyer/platform/testing';
import { createRandom, type Random } from '../chaos/random.js';
import { checkInvariants } from '../harness/checkInvariants.js';
import { observe, type Observer } from '../harness/quiet.js';
import { cancelReservation, reservationIs, reserved, reserveTable } from '../harness/reservation.js';
import { areasOf, dayIn, newRestaurant, slotsOf, type OpenRestaurant } from '../harness/restaurant.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';
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
});

afterAll(async () => {
  await observer.close();
  await system.stop();
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
        const accepted = await acceptOffer(person, id);
        const reservation = await reservationIs(
          person,
          accepted.id,
          ({ status }) => status === 'CONFIRMED',
          'the table',
        );
        expect(reservation.startsAt).toBe(full.startsAt);
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
    expect(await checkInvariants(system.variables)).toEqual([]);
    // Nobody waits any more: who comes now gets what is left.
    const [stranger] = strangers as [Person];
    expect(await reserveTable(stranger, full.place, { startsAt: full.startsAt, partySize: 6 })).toMatchObject(
      {
        reservation: { status: 'CONFIRMED' },
      },
    );
    expect(await checkInvariants(system.variables)).toEqual([]);
  });

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
      await waitUntil(async () => {
        const answer = await reserveTable(stranger, full.place, { startsAt: full.startsAt });
        return answer.reservation;
      }, 'a table past the line');
    } finally {
      asked.mockRestore();
    }
    expect(await faultsOf(full, [stranger])).toContainEqual(
      expect.stringMatching(/place 1, 2 people, was passed over by a stranger/),
    );
    expect(await checkInvariants(system.variables)).toEqual([]);
  });
});
