import { join } from 'node:path';
import { createPool } from '@foyer/platform';
import { checkInvariants } from '../harness/checkInvariants.js';
import { startMortalSystem, type MortalSystem } from '../harness/mortalSystem.js';
import { createRemoteSubgraph, type RemoteSubgraph } from '../harness/remoteSubgraph.js';
import { scramble, sorted, unitsSold } from '../harness/scramble.js';
import { newEventOnSale, newPeople, newPerson, type Person } from '../harness/story.js';
import { describeNoOverselling, TICKETS } from './suites/oversell.js';

const PEOPLE = 500;

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

describeNoOverselling(() => ({ stage: system, organizer, people }));

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
