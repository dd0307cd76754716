import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../harness/checkInvariants.js';
import { OPERATIONS, REFUSAL } from '../harness/operations.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { askUntil, newPerson, type Person } from '../harness/story.js';

const CREATE = `mutation ($input: CreateRestaurantInput!) {
  answer: createRestaurant(input: $input) { ${REFUSAL} ... on RestaurantPayload { restaurant { id } } }
}`;
const PUBLISH = `mutation ($id: ID!) {
  answer: publishRestaurant(restaurantId: $id) { ${REFUSAL} ... on RestaurantPayload { restaurant { status } } }
}`;
const AREAS = `mutation ($input: SetRestaurantAreasInput!) {
  answer: setRestaurantAreas(input: $input) { ${REFUSAL} ... on RestaurantPayload { restaurant { id } } }
}`;
const PREFER = `mutation ($input: UpdatePreferencesInput!) {
  answer: updatePreferences(input: $input) { ${REFUSAL} }
}`;
const SLOTS = `query ($id: ID!, $date: String!) {
  answer: restaurant(id: $id) { slots(date: $date, partySize: 4) { startsAt } }
}`;
const FIND = `query ($filter: RestaurantFilter) {
  answer: restaurants(filter: $filter) { edges { distance node { id name slots(date: "2000-01-01", partySize: 2) { startsAt } } } }
}`;

interface Found {
  readonly edges: readonly { readonly distance: number | null; readonly node: { readonly id: string } }[];
}

let system: TestSystem;
let owner: Person;
const place = { latitude: 48.8566, longitude: 2.3522 };

beforeAll(async () => {
  system = await startTestSystem();
  owner = await newPerson(system, 'Owner');
});

afterEach(async () => {
  expect(await checkInvariants(system.variables)).toEqual([]);
});

afterAll(async () => {
  await system.stop();
});

describe('a free table', () => {
  it('is found as soon as the restaurant has one, and no longer than that', async () => {
    const { organization } = await owner.ask<{ organization: { id: string } }>(
      OPERATIONS.createOrganization,
      {
        name: 'Bistro Group',
      },
    );
    const name = `Bistro ${randomUUID().slice(0, 8)}`;
    const { restaurant } = await askUntil<{ __typename: string; restaurant: { id: string } }>(
      owner,
      CREATE,
      {
        input: {
          ...{ organizationId: organization.id, name, address: '1 Quai', city: 'Paris', zipCode: '75001' },
          ...{
            location: place,
            timeZone: 'Europe/Paris',
            cuisines: ['french'],
            priceRange: 3,
            currency: 'EUR',
          },
          hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '12:00', closes: '01:00' })),
          areas: [{ name: 'Room', tables: [{ name: '1', seats: 4 }] }],
        },
      },
      'RestaurantPayload',
    );
    const { id } = restaurant;
    await owner.ask(PUBLISH, { id });

    const date = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    const times = await waitUntil(async () => {
      const { slots } = await owner.ask<{ slots: { startsAt: string }[] | null }>(SLOTS, { id, date });
      return slots && slots.length > 0 && slots;
    }, 'the times of the day');
    const diner = await newPerson(system, 'Diner');
    await diner.ask(PREFER, { input: { cuisines: ['French'], defaultPartySize: 4 } });
    const find = async (at: string | undefined, more: object = {}) => {
      const filter = { near: { point: place }, free: { at, ...more }, byPreferences: true };
      const { edges } = await diner.ask<Found>(FIND, { filter });
      return edges.map(({ node }) => node.id);
    };
    // The first time of the day, and the last, past midnight.
    for (const at of [times[0]?.startsAt, times.at(-1)?.startsAt]) {
      await waitUntil(async () => (await find(at)).includes(id), `a table at ${String(at)}`);
    }
    expect(await find(times[0]?.startsAt, { partySize: 5 })).toEqual([]);

    await owner.ask(AREAS, {
      input: { restaurantId: id, areas: [{ name: 'Bar', kind: 'SEATS', seats: 2 }] },
    });
    await waitUntil(
      async () =>
        (await find(times[0]?.startsAt)).length === 0 &&
        (await find(times[0]?.startsAt, { partySize: 2 })).includes(id),
      'the smaller room to be known',
    );
  });
});
