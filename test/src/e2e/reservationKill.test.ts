import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CommitPoint } from '@foyer/orders';
import { createPool } from '@foyer/platform';
import { checkInvariants } from '../harness/checkInvariants.js';
import { startMortalSystem, type MortalSystem } from '../harness/mortalSystem.js';
import { onPayPage } from '../harness/purchase.js';
import { createRemoteSubgraph, type RemoteSubgraph } from '../harness/remoteSubgraph.js';
import {
  cancelReservation,
  changeReservation,
  reservationIs,
  reserveTable,
  type ReservationView,
  type TableWish,
} from '../harness/reservation.js';
import { dayIn, newRestaurant, slotsOf, type OpenRestaurant } from '../harness/restaurant.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';

let system: MortalSystem;
let inventory: RemoteSubgraph;
let owner: Person;
let diner: Person;
let free: OpenRestaurant;
let dear: OpenRestaurant;
let times: readonly string[];

const ROOM = [
  { name: 'Room', tables: Array.from({ length: 4 }, (_, name) => ({ name: String(name), seats: 4 })) },
];

beforeAll(async () => {
  system = await startMortalSystem(
    { ORDERS_SAGA_LEASE_MS: '800', ORDERS_SAGA_POLL_MS: '100', INVENTORY_POOL: '16' },
    async (variables) => {
      inventory = await createRemoteSubgraph({ name: 'inventory', variables, processes: 2 });
      await inventory.start();
      return inventory.urls;
    },
  );
  owner = await newPerson(system, 'Owner');
  diner = await newPerson(system, 'Diner');
  const options = { areas: ROOM, limitPerPersonAndDay: 20 };
  free = await newRestaurant(system, owner, options);
  dear = await newRestaurant(system, owner, {
    ...options,
    deposit: 1000,
    cancellation: { freeUntilHours: 720, thenPercent: 25 },
  });
  // Far enough apart that no two of one person overlap.
  times = (await slotsOf(owner, free.restaurantId, dayIn(3))).filter((_, index) => index % 4 === 0);
}, 300_000);

afterAll(async () => {
  await inventory.kill();
  await system.stop();
});

/** Asks until there is an answer, always under the same key. */
async function reserve(place: OpenRestaurant, wish: TableWish): Promise<ReservationView> {
  const idempotencyKey = randomUUID();
  const answer = await system.insist(() => reserveTable(diner, place, { ...wish, idempotencyKey }));
  if (!answer.reservation) throw new Error(`the table was refused: ${JSON.stringify(answer)}`);
  return answer.reservation;
}

const until = (id: string, wanted: (found: ReservationView) => boolean, what: string) =>
  system.insist(() => reservationIs(diner, id, wanted, what));

async function booked(startsAt: string): Promise<ReservationView> {
  const { id } = await reserve(free, { startsAt });
  return until(id, ({ status }) => status === 'CONFIRMED', 'the table');
}

async function paid(startsAt: string): Promise<ReservationView> {
  const { id } = await reserve(dear, { startsAt, expectedDeposit: { amount: 2000, currency: 'EUR' } });
  const { order } = await until(id, (found) => Boolean(found.order?.payment?.payUrl), 'the pay page');
  await system.insist(() => onPayPage(order?.payment?.payUrl, 'pay'));
  return until(id, ({ status }) => status === 'CONFIRMED', 'the paid table');
}

const cancelled = async (id: string): Promise<void> => {
  await system.insist(() => cancelReservation(diner, id));
  await until(id, ({ status }) => status === 'CANCELLED', 'the cancellation');
};

const SCENARIOS: Readonly<
  Record<string, { readonly through: readonly CommitPoint[]; run(startsAt: string): Promise<void> }>
> = {
  'a booking': {
    through: ['PLACE.BEGIN', 'PLACE.HOLD', 'PLACE.CONFIRM'],
    run: async (startsAt) => cancelled((await booked(startsAt)).id),
  },
  'a change and a cancellation': {
    through: ['CHANGE.BEGIN', 'CHANGE.CHANGE_HOLD', 'CANCEL.BEGIN', 'CANCEL.RELEASE'],
    async run(startsAt) {
      const { id } = await booked(startsAt);
      const idempotencyKey = randomUUID();
      await system.insist(() => changeReservation(diner, id, { idempotencyKey, partySize: 4 }));
      await until(id, ({ partySize }) => partySize === 4, 'the change');
      await cancelled(id);
    },
  },
  'a deposit, paid and partly kept': {
    through: [
      'PLACE.CREATE_PAYMENT',
      'COMPLETE.BEGIN',
      'COMPLETE.CONFIRM',
      'REFUND.BEGIN',
      'REFUND.REFUND_PAYMENT',
    ],
    async run(startsAt) {
      const { id } = await paid(startsAt);
      await cancelled(id);
      await until(id, ({ order }) => order?.refunded.amount === 1500, 'the rest of the deposit');
    },
  },
};

const CASES = Object.entries(SCENARIOS).flatMap(([name, { through }]) =>
  through.flatMap((point) => (['before', 'after'] as const).map((side) => [side, point, name] as const)),
);

describe('the whole system, killed', () => {
  it.each(CASES)(
    '%s %s of %s, goes on where it was',
    async (side, point, name) => {
      const index = CASES.findIndex((each) => each[0] === side && each[1] === point && each[2] === name);
      const { deaths } = system;
      await system.killAt(`${side} ${point}`);
      await SCENARIOS[name]?.run(times[index % times.length] ?? '');
      expect(await checkInvariants(system.variables, 60_000)).toEqual([]);
      expect(system.deaths).toBe(deaths + 1);
    },
    120_000,
  );
});

// Last: it leaves its databases wrong.
describe('control: two inventory processes without their lock, and without the constraints behind it', () => {
  beforeAll(async () => {
    await inventory.kill();
    const pool = createPool(system.variables['INVENTORY_DATABASE_URL'] ?? '', {
      max: 1,
      applicationName: 'test',
    });
    await pool.query(`alter table seating_table drop constraint seating_table_never_twice`);
    await pool.end();
    await inventory.start(join(__dirname, '../harness/inventoryWithoutLock.js'));
  }, 60_000);

  it('give one table to several parties, and the checker sees it', async () => {
    const small = await newRestaurant(system, owner, {
      areas: [{ name: 'Nook', tables: [{ name: '1', seats: 2 }] }],
      limitPerPersonAndDay: 20,
    });
    const people = await newPeople(system, 5);
    let most = 0;
    for (const startsAt of times) {
      const answers = await Promise.all(people.map((person) => reserveTable(person, small, { startsAt })));
      most = Math.max(most, answers.filter(({ reservation }) => reservation?.status === 'CONFIRMED').length);
      if (most > 1) break;
    }
    expect(most).toBeGreaterThan(1);
    const faults = await checkInvariants(system.variables, 60_000);
    expect(faults).toContainEqual(expect.stringMatching(/table .* has two parties at once/));
  }, 180_000);
});
