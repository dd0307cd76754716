import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createPool } from '@foyer/platform';
import { checkInvariants } from '../harness/checkInvariants.js';
import { startMortalSystem, type MortalSystem } from '../harness/mortalSystem.js';
import { placeOrder, type OrderAnswer } from '../harness/purchase.js';
import { createRemoteSubgraph, type RemoteSubgraph } from '../harness/remoteSubgraph.js';
import { newEventOnSale, newPeople, newPerson, type OnSale, type Person } from '../harness/story.js';

const TICKETS = 50;
const PEOPLE = 500;
const NOTHING = { amount: 0, currency: 'USD' };

let system: MortalSystem;
let inventory: RemoteSubgraph;
let organizer: Person;
let people: readonly Person[];

beforeAll(async () => {
  system = await startMortalSystem({ INVENTORY_POOL: '16', ORDERS_POOL_SIZE: '24' }, async (variables) => {
    inventory = await createRemoteSubgraph({ name: 'inventory', variables, processes: 2 });
    await inventory.start();
    return inventory.urls;
  });
  organizer = await newPerson(system, 'Organizer');
  people = await newPeople(system, PEOPLE);
}, 180_000);

afterAll(async () => {
  await inventory.kill();
  await system.stop();
});

/** Places an order as somebody does who wants an answer: again, under the same key, a second after there was none. */
async function order(person: Person, offer: OnSale): Promise<OrderAnswer> {
  const purchase = { idempotencyKey: randomUUID(), expectedTotal: NOTHING };
  for (;;) {
    const answer = await placeOrder(person, offer, purchase).catch(() => null);
    if (answer && answer.order?.status !== 'PENDING') return answer;
    await delay(1000);
  }
}

/** Who got what they wanted, and why the others did not. */
function sorted(answers: readonly OrderAnswer[]) {
  const bought = answers.filter((answer) => answer.order?.status === 'COMPLETED');
  const codes = new Set(answers.flatMap(({ code }) => code ?? []));
  return { bought, refused: answers.filter(({ code }) => code !== undefined), codes };
}

/** Units that inventory has sold, as its holds and its counter say. */
async function unitsSold({ offerId }: OnSale): Promise<{ held: number; counted: number }> {
  const pool = createPool(system.variables['INVENTORY_DATABASE_URL'] ?? '', {
    max: 1,
    applicationName: 'test',
  });
  try {
    const { rows } = await pool.query<{ held: number; counted: number }>(
      `select coalesce(sum(l.quantity) filter (where h.state = 'CONFIRMED'), 0)::int as held, o.sold as counted
       from offer o left join hold_line l on l.offer_id = o.id left join hold h using (order_id)
       where o.id = $1 group by o.id`,
      [offerId],
    );
    return rows[0] ?? { held: -1, counted: -1 };
  } finally {
    await pool.end();
  }
}

const scramble = (offer: OnSale) => Promise.all(people.map((person) => order(person, offer)));
const crowdOfOne = (person: Person, offer: OnSale) =>
  Promise.all(Array.from({ length: 40 }, () => order(person, offer)));

describe('two inventory processes', () => {
  it(`sell ${TICKETS} tickets to ${PEOPLE} people at once, and not one more`, async () => {
    const offer = await newEventOnSale(system, organizer, { total: TICKETS, price: 0 });
    const { bought, refused, codes } = sorted(await scramble(offer));
    expect([...codes].filter((code) => code !== 'SOLD_OUT' && code !== 'HELD')).toEqual([]);
    expect([bought.length, refused.length]).toEqual([TICKETS, PEOPLE - TICKETS]);
    expect(bought.flatMap((answer) => answer.order?.tickets)).toHaveLength(TICKETS);
    expect(await unitsSold(offer)).toEqual({ held: TICKETS, counted: TICKETS });
    expect(await checkInvariants(system.variables, 60_000)).toEqual([]);
  }, 180_000);

  it('give one person no more than the limit, whoever of them is asked', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1000, price: 0, limitPerPerson: 2 });
    const { bought, refused, codes } = sorted(await crowdOfOne(people[0] as Person, offer));
    expect([...codes]).toEqual(['LIMIT_EXCEEDED']);
    expect([bought.length, refused.length]).toEqual([2, 38]);
    expect(await unitsSold(offer)).toEqual({ held: 2, counted: 2 });
    expect(await checkInvariants(system.variables, 60_000)).toEqual([]);
  }, 120_000);
});

// Last: it leaves its databases wrong.
describe('control: two inventory processes without their lock, and without the constraints behind it', () => {
  beforeAll(async () => {
    await inventory.kill();
    const pool = createPool(system.variables['INVENTORY_DATABASE_URL'] ?? '', {
      max: 1,
      applicationName: 'test',
    });
    await pool.query(
      `alter table offer drop constraint offer_never_oversold;
       alter table person_units drop constraint person_units_within_limit;
       drop trigger listing_within_maximum on listing`,
    );
    await pool.end();
    await inventory.start(join(__dirname, '../harness/inventoryWithoutLock.js'));
  }, 60_000);

  it('oversell, and the checker sees it', async () => {
    const offer = await newEventOnSale(system, organizer, { total: TICKETS, price: 0 });
    const { bought } = sorted(await scramble(offer));
    const { held } = await unitsSold(offer);
    expect(held).toBeGreaterThan(TICKETS);
    expect(bought.length).toBe(held);
    const faults = await checkInvariants(system.variables, 60_000);
    expect(faults).toContainEqual(
      expect.stringMatching(new RegExp(`offer ${offer.offerId}: .* sold of ${TICKETS}`)),
    );
  }, 180_000);
});
