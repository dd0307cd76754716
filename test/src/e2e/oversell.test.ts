import { join } from 'node:path';
import { createPool } from '@foyer/platform';
import { checkInvariants } from '../harness/checkInvariants.js';
import { startMortalSystem, type MortalSystem } from '../harness/mortalSystem.js';
import { createRemoteSubgraph, type RemoteSubgraph } from '../harness/remoteSubgraph.js';
import { insistOnOrder, scramble, sorted, unitsSold } from '../harness/scramble.js';
import { newEventOnSale, newPeople, newPerson, type Person } from '../harness/story.js';

const PEOPLE = 500;
/** How many there are to be had: everybody wants one. */
const TICKETS = 50;

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
});

afterAll(async () => {
  await inventory.kill();
  await system.stop();
});

describe('two inventory processes', () => {
  it(`sell ${TICKETS} tickets to many more people at once, and not one more`, async () => {
    const offer = await newEventOnSale(system, organizer, { total: TICKETS, price: 0 });
    const { bought, refused, codes } = sorted(await scramble(people, offer));
    expect([...codes].filter((code) => code !== 'SOLD_OUT' && code !== 'HELD')).toEqual([]);
    expect([bought.length, refused.length]).toEqual([TICKETS, people.length - TICKETS]);
    expect(bought.flatMap((answer) => answer.order?.tickets)).toHaveLength(TICKETS);
    expect(await unitsSold(system, offer)).toEqual({ held: TICKETS, counted: TICKETS });
    expect(await checkInvariants(system.variables)).toEqual([]);
  });

  it('give one person no more than the limit, whoever of them is asked', async () => {
    const person = people[0] as Person;
    const offer = await newEventOnSale(system, organizer, { total: 1000, price: 0, limitPerPerson: 2 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => insistOnOrder(person, offer)));
    const { bought, refused, codes } = sorted(answers);
    expect([...codes]).toEqual(['LIMIT_EXCEEDED']);
    expect([bought.length, refused.length]).toEqual([2, 38]);
    expect(await unitsSold(system, offer)).toEqual({ held: 2, counted: 2 });
    expect(await checkInvariants(system.variables)).toEqual([]);
  });
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
  });

  it('oversell, and the checker sees it', async () => {
    const attempt = async () => {
      const offer = await newEventOnSale(system, organizer, { total: TICKETS, price: 0 });
      const { bought } = sorted(await scramble(people, offer));
      const { held } = await unitsSold(system, offer);
      return { offer, bought, held };
    };
    // Without a lock it takes chance as well: both processes must look at the same moment.
    let { offer, bought, held } = await attempt();
    for (let more = 0; held <= TICKETS && more < 4; more += 1) ({ offer, bought, held } = await attempt());
    expect(held).toBeGreaterThan(TICKETS);
    expect(bought.length).toBe(held);
    const faults = await checkInvariants(system.variables, 60_000);
    expect(faults).toContainEqual(
      expect.stringMatching(new RegExp(`offer ${offer.offerId}: .* sold of ${TICKETS}`)),
    );
  });
});
