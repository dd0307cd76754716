import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SAGA_COMMIT_POINTS, type CommitPoint } from '@foyer/orders';
import { createPool } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../harness/checkInvariants.js';
import { startMortalOrders, type MortalOrders } from '../harness/mortalOrders.js';
import { bothSidesOf } from '../harness/mortalProcess.js';
import { onPayPage } from '../harness/purchase.js';
import { createRemoteSubgraph, type RemoteSubgraph } from '../harness/remoteSubgraph.js';
import {
  cancelReservation,
  changeReservation,
  payableReservation,
  reservationIs,
  reserveTable,
  type ReservationView,
  type TableWish,
} from '../harness/reservation.js';
import { dayIn, newRestaurant, slotsOf, type OpenRestaurant } from '../harness/restaurant.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';

let system: MortalOrders;
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
  system = await startMortalOrders(
    {
      ORDERS_SAGA_LEASE_MS: '800',
      ORDERS_SAGA_POLL_MS: '100',
      INVENTORY_POOL: '16',
      INVENTORY_SWEEP_MS: '200',
    },
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
});

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

async function unpaid(startsAt: string): Promise<ReservationView> {
  const { id } = await reserve(dear, { startsAt, expectedDeposit: { amount: 2000, currency: 'EUR' } });
  return system.insist(() => payableReservation(diner, id));
}

async function paid(startsAt: string): Promise<ReservationView> {
  const { id, order } = await unpaid(startsAt);
  await system.insist(() => onPayPage(order?.payment?.payUrl, 'pay'));
  return until(id, ({ status }) => status === 'CONFIRMED', 'the paid table');
}

const cancelled = async (id: string): Promise<void> => {
  await system.insist(() => cancelReservation(diner, id));
  await until(id, ({ status }) => status === 'CANCELLED', 'the cancellation');
};

/** As if the time to pay were over. */
async function endHold(id: string): Promise<void> {
  await inInventory(`update hold set expires_at = foyer_now() where order_id = $1`, [id]);
}

async function inInventory(statement: string, values: readonly unknown[] = []): Promise<void> {
  const url = system.variables['INVENTORY_DATABASE_URL'] ?? '';
  const pool = createPool(url, { max: 1, applicationName: 'test' });
  try {
    await pool.query(statement, [...values]);
  } finally {
    await pool.end();
  }
}

const SCENARIOS: Readonly<
  Record<string, { readonly through: readonly CommitPoint[]; run(startsAt: string): Promise<void> }>
> = {
  'a booking': {
    through: ['PLACE.BEGIN', 'PLACE.HOLD', 'PLACE.CONFIRM'],
    run: async (startsAt) => cancelled((await booked(startsAt)).id),
  },
  'a booking whose deposit nobody saw': {
    through: ['PLACE.UNDO_HOLD'],
    async run(startsAt) {
      const wish = {
        startsAt,
        expectedDeposit: { amount: 1, currency: 'EUR' },
        idempotencyKey: randomUUID(),
      };
      expect((await system.insist(() => reserveTable(diner, dear, wish))).code).toBe('PRICE_CHANGED');
    },
  },
  'a change and a cancellation': {
    through: ['CHANGE.BEGIN', 'CHANGE.CHANGE_HOLD', 'CANCEL.BEGIN', 'CANCEL.RELEASE'],
    async run(startsAt) {
      const { id, version } = await booked(startsAt);
      const idempotencyKey = randomUUID();
      await system.insist(() => changeReservation(diner, id, { idempotencyKey, partySize: 4 }));
      const changed = await until(id, ({ partySize }) => partySize === 4, 'the change');
      // Once, whoever died on the way.
      expect(changed.version).toBe(version + 1);
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
  'a cancellation before the deposit': {
    through: ['CANCEL.CANCEL_PAYMENT'],
    run: async (startsAt) => cancelled((await unpaid(startsAt)).id),
  },
  'a hold that ends unpaid': {
    through: ['EXPIRE.BEGIN', 'EXPIRE.CANCEL_PAYMENT'],
    async run(startsAt) {
      const { id } = await unpaid(startsAt);
      await endHold(id);
      const { reason } = await until(id, ({ status }) => status === 'CANCELLED', 'the end of the hold');
      expect(reason).toBe('NOT_PAID_IN_TIME');
    },
  },
};

describe('orders, killed', () => {
  it.each(
    Object.entries(SCENARIOS).map(
      ([name, scenario], index) => [name, scenario.through.join(', '), scenario, index] as const,
    ),
  )('in %s, before and after %s, goes on where it was', async (_name, _points, { through, run }, index) => {
    const places = bothSidesOf(through);
    const { deaths } = system;
    await system.killAt(places);
    await run(times[index] ?? '');
    await waitUntil(() => system.deaths - deaths === places.length, `the deaths ${places.join(', ')}`);
    expect(await checkInvariants(system.variables)).toEqual([]);
    expect(system.deaths - deaths).toBe(places.length);
  });

  it('died at every commit that reservations lead through', () => {
    const covered = Object.values(SCENARIOS).flatMap(({ through }) => through);
    // What an order of tickets does in the same way: `sagaKill.test.ts`.
    const elsewhere = /^RETRY\.|RETURN_UNITS|UNDO_CREATE_PAYMENT|COMPLETE.CANCEL_PAYMENT/;
    expect(covered.sort()).toEqual(SAGA_COMMIT_POINTS.filter((point) => !elsewhere.test(point)).sort());
  });
});

// Last: it leaves its databases wrong.
describe('control: two inventory processes without their lock, and without the constraints behind it', () => {
  beforeAll(async () => {
    await inventory.kill();
    await inInventory(`alter table seating_table drop constraint seating_table_never_twice`);
    await inventory.start(join(__dirname, '../harness/inventoryWithoutLock.js'));
  });

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
  });
});
