import {
  checkEventData,
  RestaurantUpdated,
  type OrganizationRole,
  type RestaurantSnapshot,
} from '@foyer/kafka';
import { guest, person } from '@foyer/platform/testing';
import { createTestCatalog, type TestCatalog } from './testing/createTestCatalog.js';
import { DAILY, mutate, published, restaurantInput, step } from './testing/restaurants.js';

let catalog: TestCatalog;
const owner = person();
let organizationId: string;

beforeAll(async () => {
  catalog = await createTestCatalog();
  organizationId = await catalog.organization([[owner, 'OWNER']]);
});

afterAll(() => catalog.stop());

describe('a restaurant', () => {
  it('goes from draft to published to closed and back, and tells the whole of itself', async () => {
    const created = await mutate(catalog, owner, 'createRestaurant', restaurantInput(organizationId));
    expect(created).toMatchObject({
      __typename: 'RestaurantPayload',
      restaurant: {
        status: 'DRAFT',
        cuisines: ['vietnamese'],
        areas: [{ name: 'Room', joins: [['1', '2']] }],
      },
    });
    const { id } = created.restaurant;
    expect(await step(catalog, owner, 'closeRestaurant', id)).toMatchObject({ code: 'NOT_IN_STATE' });
    expect((await step(catalog, owner, 'publishRestaurant', id)).restaurant.status).toBe('PUBLISHED');
    expect((await step(catalog, owner, 'closeRestaurant', id)).restaurant.status).toBe('CLOSED');
    expect((await step(catalog, owner, 'publishRestaurant', id)).restaurant.status).toBe('PUBLISHED');
    const told = await catalog.told<RestaurantSnapshot>('restaurant.updated', id);
    expect(told.map(({ status }) => status)).toEqual(['PUBLISHED', 'CLOSED', 'PUBLISHED']);
    expect(checkEventData(RestaurantUpdated, told[0])).toEqual([]);
    expect(told[0]).toMatchObject({
      restaurantId: id,
      timeZone: 'Asia/Ho_Chi_Minh',
      schedule: { slotMinutes: 30, hours: DAILY, exceptions: [] },
      deposit: { amount: 0, currency: 'VND' },
    });
  });

  it('publishes once when asked twenty times at once', async () => {
    const { restaurant } = await mutate(catalog, owner, 'createRestaurant', restaurantInput(organizationId));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => step(catalog, owner, 'publishRestaurant', restaurant.id)),
    );
    const names = answers.map(({ __typename }) => __typename);
    expect(names.filter((name) => name === 'RestaurantPayload')).toHaveLength(1);
    expect(names.filter((name) => name === 'NotInState')).toHaveLength(19);
  });

  it('loses nothing when everything is changed at once', async () => {
    const id = await published(catalog, owner, organizationId);
    const date = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    await Promise.all([
      mutate(catalog, owner, 'updateRestaurant', { restaurantId: id, name: 'Renamed' }),
      mutate(catalog, owner, 'setRestaurantHours', { restaurantId: id, hours: DAILY.slice(0, 3) }),
      mutate(catalog, owner, 'setRestaurantException', {
        restaurantId: id,
        date,
        intervals: [],
      }),
      mutate(catalog, owner, 'setMenu', {
        restaurantId: id,
        categories: [{ name: 'Soups', items: [{ name: 'Phở chay', price: 60000, dietary: ['VEGAN'] }] }],
      }),
    ]);
    const last = (await catalog.told<RestaurantSnapshot>('restaurant.updated', id)).at(-1);
    expect(last?.name).toBe('Renamed');
    expect(last?.schedule).toMatchObject({
      hours: DAILY.slice(0, 3),
      exceptions: [{ date, intervals: [] }],
    });
    const { dietary, menu } = await catalog.one<{ dietary: string[]; menu: unknown }>(
      guest,
      `query ($id: ID!) { restaurant(id: $id) { dietary menu { name items { name price { amount currency exponent } dietary } } } }`,
      { id },
    );
    expect(dietary).toEqual(['VEGAN']);
    expect(menu).toEqual([
      {
        name: 'Soups',
        items: [
          { name: 'Phở chay', price: { amount: 60000, currency: 'VND', exponent: 0 }, dietary: ['VEGAN'] },
        ],
      },
    ]);
    expect(await catalog.told('menu.updated', id)).toHaveLength(1);
  });

  it('names every wrong field, and keeps nothing', async () => {
    const answer = await mutate(catalog, owner, 'createRestaurant', {
      ...restaurantInput(organizationId),
      name: ' ',
      timeZone: 'Mars/Olympus',
      location: { latitude: 91, longitude: 200 },
      priceRange: 5,
      currency: 'XYZ',
      deposit: -1,
      slotMinutes: 7,
      seating: { durations: [{ upToPartySize: 4, minutes: 91 }], minimumParty: 0, maximumParty: 61 },
      hours: [
        { weekday: 8, opens: '11:00', closes: '12:00' },
        { weekday: 1, opens: '25:00', closes: '12:01' },
      ],
      areas: [
        { name: 'A', tables: [{ name: '1', seats: 0 }], joins: [['1', '9']] },
        { name: 'A', kind: 'SEATS', seats: 0 },
      ],
    });
    const fields = answer['fields'] as { path: string; rule: string }[];
    expect(fields.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
      'input.name REQUIRED',
      'input.location.latitude OUT_OF_RANGE',
      'input.location.longitude OUT_OF_RANGE',
      'input.timeZone UNKNOWN_TIME_ZONE',
      'input.priceRange OUT_OF_RANGE',
      'input.currency UNKNOWN_CURRENCY',
      'input.deposit OUT_OF_RANGE',
      'input.seating.minimumParty OUT_OF_RANGE',
      'input.seating.maximumParty OUT_OF_RANGE',
      'input.seating.durations NOT_COVERED',
      'input.seating.durations.0.minutes NOT_A_STEP',
      'input.slotMinutes NOT_A_STEP',
      'input.hours.0.weekday OUT_OF_RANGE',
      'input.hours.1.opens NOT_A_TIME',
      'input.hours.1.closes NOT_A_TIME',
      'input.areas.1.name REPEATED',
      'input.areas.0.tables.0.seats OUT_OF_RANGE',
      'input.areas.0.joins.0 UNKNOWN_TABLE',
      'input.areas.1.seats OUT_OF_RANGE',
    ]);
    const { rows } = await catalog.pool.query(`select from restaurant where price_range = 5 or name = ''`);
    expect(rows).toEqual([]);
  });

  it('refuses a time zone that only the runtime knows', async () => {
    // Known to JavaScript, not to Postgres, where it would fail every search by time.
    const zone = 'AET';
    const answer = await mutate(catalog, owner, 'createRestaurant', {
      ...restaurantInput(organizationId),
      timeZone: zone,
    });
    expect(answer).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('keeps the ids of areas and tables, and takes no others’', async () => {
    const id = await published(catalog, owner, organizationId);
    const other = await mutate(catalog, owner, 'createRestaurant', restaurantInput(organizationId));
    const before = await mutate(catalog, owner, 'updateRestaurant', { restaurantId: id });
    const [room] = before.restaurant.areas;
    const kept = await mutate(catalog, owner, 'setRestaurantAreas', {
      restaurantId: id,
      areas: [
        { areaId: room?.id, name: 'Room', tables: [{ tableId: room?.tables[1]?.id, name: 'Two', seats: 6 }] },
        { name: 'Bar', place: 'BAR', kind: 'SEATS', seats: 10 },
      ],
    });
    expect(kept.restaurant.areas[0]).toMatchObject({
      id: room?.id,
      tables: [{ id: room?.tables[1]?.id, name: 'Two', seats: 6 }],
    });
    const stolen = await mutate(catalog, owner, 'setRestaurantAreas', {
      restaurantId: id,
      areas: [{ areaId: other.restaurant.areas[0]?.id, name: 'Theirs', tables: [{ name: '1', seats: 2 }] }],
    });
    expect(stolen).toMatchObject({ fields: [{ path: 'input.areas.0.areaId', rule: 'UNKNOWN' }] });
    const turned = await mutate(catalog, owner, 'setRestaurantAreas', {
      restaurantId: id,
      areas: [{ areaId: room?.id, name: 'Room', kind: 'SEATS', seats: 4 }],
    });
    expect(turned).toMatchObject({ fields: [{ path: 'input.areas.0.kind', rule: 'FIXED' }] });
  });

  it('can be published only when it could take somebody', async () => {
    const input = { ...restaurantInput(organizationId), hours: [], areas: [] };
    const { restaurant } = await mutate(catalog, owner, 'createRestaurant', input);
    expect(await step(catalog, owner, 'publishRestaurant', restaurant.id)).toMatchObject({
      fields: [{ rule: 'NO_HOURS' }, { rule: 'NO_TABLES' }],
    });
  });

  it.each<[OrganizationRole, string]>([
    ['EDITOR', 'RestaurantPayload'],
    ['VIEWER', 'NotPermitted'],
    ['DOOR', 'NotPermitted'],
  ])('lets %s draft: %s', async (role, expected) => {
    const member = person();
    const id = await catalog.organization([[member, role]]);
    expect((await mutate(catalog, member, 'createRestaurant', restaurantInput(id))).__typename).toBe(
      expected,
    );
  });

  it('hides drafts from other tenants, and lets them change nothing', async () => {
    const stranger = person();
    await catalog.organization([[stranger, 'OWNER']]);
    const { restaurant } = await mutate(catalog, owner, 'createRestaurant', restaurantInput(organizationId));
    const { id } = restaurant;
    const see = `query ($id: ID!) { restaurant(id: $id) { id } }`;
    expect(await catalog.one(owner, see, { id })).toEqual({ id });
    expect(await catalog.one(stranger, see, { id })).toBeNull();
    expect(
      await mutate(catalog, stranger, 'updateRestaurant', { restaurantId: id, name: 'Mine' }),
    ).toMatchObject({ code: 'NOT_FOUND' });
    await step(catalog, owner, 'publishRestaurant', id);
    expect(await catalog.one(guest, see, { id })).toEqual({ id });
    expect(await step(catalog, stranger, 'closeRestaurant', id)).toMatchObject({ code: 'NOT_FOUND' });
    const list = `query ($id: ID!) { _entities(representations: [{ __typename: "Organization", id: $id }]) {
      ... on Organization { restaurants(first: 100) { edges { node { status } } } } } }`;
    type Entities = { restaurants: { edges: { node: { status: string } }[] } }[];
    const statuses = async (as: Parameters<TestCatalog['ask']>[0]) =>
      new Set(
        (await catalog.one<Entities>(as, list, { id: organizationId }))[0]?.restaurants.edges.map(
          ({ node }) => node.status,
        ),
      );
    expect((await statuses(owner)).has('DRAFT')).toBe(true);
    expect(await statuses(stranger)).toEqual(new Set(['PUBLISHED']));
  });
});
