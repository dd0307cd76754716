import { newId, type Identity } from '@foyer/platform';
import { guest, person } from '@foyer/platform/testing';
import { createTestCatalog, type TestCatalog } from './testing/createTestCatalog.js';
import { mutate, published, step } from './testing/restaurants.js';

let catalog: TestCatalog;
const owner = person();
let organizationId: string;
/** Ids by name. */
const ids: Record<string, string> = {};

interface Node {
  readonly id: string;
  readonly __typename?: string;
}
interface Page {
  readonly edges: readonly {
    readonly cursor: string;
    readonly distance: number | null;
    readonly node: Node;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly facets: {
    readonly cuisines?: readonly { readonly value: string; readonly count: number }[];
    readonly priceRanges?: readonly { readonly value: string; readonly count: number }[];
    readonly kinds?: readonly { readonly value: string; readonly count: number }[];
    readonly complete: boolean;
  };
}

const LIST = `query ($filter: RestaurantFilter, $sort: RestaurantSort, $first: Int, $after: String) {
  restaurants(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { cursor distance node { id } } pageInfo { hasNextPage endCursor }
    facets { cuisines { value count } priceRanges { value count } complete } } }`;

const SEARCH = `query ($filter: SearchFilter, $first: Int, $after: String) {
  search(filter: $filter, first: $first, after: $after) {
    edges { cursor distance node { __typename ... on Restaurant { id } ... on Event { id } } }
    pageInfo { hasNextPage endCursor } facets { kinds { value count } complete } } }`;

const list = (filter: object, rest: object = {}, as: Identity = guest): Promise<Page> =>
  catalog.one<Page>(as, LIST, { filter, ...rest });

/** Names of what is found. */
async function names(filter: object, rest: object = {}, as: Identity = guest): Promise<readonly string[]> {
  return (await list(filter, rest, as)).edges.map(({ node }) => nameOf(node.id));
}

function nameOf(id: string): string {
  return Object.keys(ids).find((name) => ids[name] === id) ?? id;
}

async function faultOf(query: string, variables: object): Promise<unknown> {
  const { errors } = await catalog.ask(guest, query, variables);
  return errors?.[0]?.extensions?.['code'];
}

const saigon = { latitude: 10.7769, longitude: 106.7009 };
const everyDay = (opens: string, closes: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }));

beforeAll(async () => {
  catalog = await createTestCatalog();
  organizationId = await catalog.organization([[owner, 'OWNER']]);
  const make = async (name: string, changes: object, menu: readonly object[] = []) => {
    const id = await published(catalog, owner, organizationId, { name, description: '', ...changes });
    ids[name] = id;
    if (menu.length > 0) {
      const input = { restaurantId: id, categories: [{ name: 'All', items: menu }] };
      expect((await mutate(catalog, owner, 'setMenu', input)).__typename).toBe('RestaurantPayload');
    }
  };
  await make('Quán Hoa Sen', { cuisines: ['vietnamese'], priceRange: 1 }, [
    { name: 'Phở chay', price: 60000, dietary: ['VEGAN', 'VEGETARIAN'] },
  ]);
  await make('Night Owl', {
    location: { latitude: 10.79, longitude: 106.69 },
    cuisines: ['japanese', 'bar'],
    priceRange: 3,
    hours: everyDay('18:00', '02:00'),
  });
  await make('Trattoria Bella', {
    description: 'Handmade pizzas and running jokes',
    location: { latitude: 10.85, longitude: 106.75 },
    cuisines: ['italian'],
    priceRange: 3,
  });
  await make('Chez Hanoi', {
    city: 'Hà Nội',
    location: { latitude: 21.0285, longitude: 105.8542 },
    cuisines: ['vietnamese', 'french'],
    priceRange: 4,
    language: 'fr',
    description: 'Les meilleures spécialités',
  });
  await mutate(catalog, owner, 'createRestaurant', {
    ...{ organizationId, name: 'Secret Draft', address: 'x', city: 'Hồ Chí Minh', zipCode: '1' },
    ...{ location: saigon, timeZone: 'Asia/Ho_Chi_Minh', priceRange: 1, currency: 'VND' },
  });
});

afterAll(() => catalog.stop());

describe('restaurants', () => {
  it('are found near by, the nearest first, with their distance', async () => {
    const { edges } = await list({ near: { point: saigon } });
    expect(edges.map(({ node }) => nameOf(node.id))).toEqual([
      'Quán Hoa Sen',
      'Night Owl',
      'Trattoria Bella',
    ]);
    expect(edges.map(({ distance }) => Math.round((distance ?? NaN) / 100))).toEqual([0, 19, 97]);
    expect(await names({ near: { point: saigon, within: 2000 } })).toEqual(['Quán Hoa Sen', 'Night Owl']);
  });

  it.each<[string, object, readonly string[]]>([
    ['no accents', { words: 'quan hoa sen' }, ['Quán Hoa Sen']],
    ['an unfinished word', { words: 'tratt' }, ['Trattoria Bella']],
    ['a misspelt word', { words: 'tratoria' }, ['Trattoria Bella']],
    ['a misspelt word among right ones', { words: 'nihgt owl' }, ['Night Owl']],
    ['another form of a word', { words: 'pizza joke' }, ['Trattoria Bella']],
    ['another form in another language', { words: 'meilleur spécialité', language: 'fr' }, ['Chez Hanoi']],
    ['what is on the menu', { words: 'phở' }, ['Quán Hoa Sen']],
    ['a cuisine', { words: 'japanese' }, ['Night Owl']],
    ['a word of a draft', { words: 'secret' }, []],
    ['nonsense', { words: 'xyzzyqwv' }, []],
  ])('are found by %s', async (_, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it.each([
    "a' | !b & (c <-> d):*",
    'ŉ',
    '½ ﬁ',
    ':*',
    "\\'",
    '<->',
    '() & |',
    'a:b*',
    '%_',
    '\u0000',
    '𝔓izza',
    '🍕',
  ])('bear the words %j', async (words) => {
    const { errors } = await catalog.ask(guest, LIST, { filter: { words } });
    expect(errors?.[0]?.extensions?.['code'] ?? null).toBe(words === '\u0000' ? 'INVALID_INPUT' : null);
  });

  it.each<[string, object, readonly string[]]>([
    ['city', { city: ' ha noi ' }, ['Chez Hanoi']],
    ['cuisine', { cuisines: ['French', 'italian'] }, ['Chez Hanoi', 'Trattoria Bella']],
    ['price', { priceRanges: [1] }, ['Quán Hoa Sen']],
    ['diet', { dietary: ['VEGAN'] }, ['Quán Hoa Sen']],
    // 17:00 UTC is midnight.
    ['opening hours past midnight', { openAt: '2029-05-16T17:30:00Z' }, ['Night Owl']],
    ['opening hours', { openAt: '2029-05-16T05:30:00Z' }, ['Chez Hanoi', 'Quán Hoa Sen', 'Trattoria Bella']],
    ['nothing of it', { city: 'Hà Nội', priceRanges: [1] }, []],
  ])('are found by %s', async (_, filter, expected) => {
    expect([...(await names(filter))].sort()).toEqual(expected);
  });

  it('are closed on the dates that say so', async () => {
    const restaurantId = ids['Night Owl'];
    const set = (intervals: object[] | null) =>
      mutate(catalog, owner, 'setRestaurantException', { restaurantId, date: '2029-05-16', intervals });
    const open = async (at: string) => (await names({ openAt: at })).includes('Night Owl');
    await set([]);
    // The evening, and the night that would follow from it; but not the night before.
    expect([
      await open('2029-05-16T13:00:00Z'),
      await open('2029-05-16T17:30:00Z'),
      await open('2029-05-15T17:30:00Z'),
    ]).toEqual([false, false, true]);
    await set(null);
    expect(await open('2029-05-16T13:00:00Z')).toBe(true);
  });

  it('are found when free at a time for a party', async () => {
    const at = '2029-06-01T12:30:00.000Z';
    const areaId = newId();
    const free = (name: string, date: string, startsAt: string, partySizes: number[]) =>
      catalog.free({
        restaurantId: ids[name] ?? '',
        date,
        slots: [{ startsAt, free: [{ areaId, partySizes }] }],
      });
    await free('Quán Hoa Sen', '2029-06-01', at, [1, 2]);
    await free('Night Owl', '2029-06-01', at, [1, 2, 3, 4]);
    await free('Trattoria Bella', '2029-06-01', '2029-06-01T13:00:00.000Z', [4]);
    const of = (partySize: number, withinMinutes = 0, time = at) =>
      names({ near: { point: saigon }, free: { at: time, partySize, withinMinutes } });
    expect(await of(2)).toEqual(['Quán Hoa Sen', 'Night Owl']);
    expect(await of(4)).toEqual(['Night Owl']);
    expect(await of(4, 30)).toEqual(['Night Owl', 'Trattoria Bella']);
    expect(await of(5)).toEqual([]);
    // Another day of the same hour.
    expect(await of(2, 0, '2029-06-02T12:30:00.000Z')).toEqual([]);
    // What begins past midnight belongs to the restaurant's day before.
    await free('Night Owl', '2029-06-02', '2029-06-02T18:00:00.000Z', [2]);
    expect(await of(2, 0, '2029-06-02T18:00:00.000Z')).toEqual(['Night Owl']);
    await catalog.free({ restaurantId: ids['Night Owl'] ?? '', date: '2029-06-01', slots: [] });
    expect(await of(2)).toEqual(['Quán Hoa Sen']);
  });

  it('keep the newest that is told of what is free', async () => {
    const restaurantId = ids['Chez Hanoi'] ?? '';
    const slots = [{ startsAt: '2029-07-01T12:00:00.000Z', free: [{ areaId: newId(), partySizes: [2] }] }];
    await catalog.free({ restaurantId, date: '2029-07-01', slots: [] }, 5000);
    await catalog.free({ restaurantId, date: '2029-07-01', slots }, 4999);
    expect(await names({ free: { at: '2029-07-01T12:00:00.000Z' } })).toEqual([]);
  });

  it('suit the caller’s preferences', async () => {
    const diner = person();
    await catalog.person(diner.userId, {
      preferences: { cuisines: ['vietnamese', 'italian'], dietary: ['VEGETARIAN'], defaultPartySize: 4 },
    });
    expect(await names({ byPreferences: true }, {}, diner)).toEqual(['Quán Hoa Sen']);
    await catalog.person(diner.userId, {
      preferences: { cuisines: ['italian'], dietary: [], defaultPartySize: 3 },
    });
    expect(await names({ byPreferences: true }, {}, diner)).toEqual(['Trattoria Bella']);
    expect(await names({ byPreferences: true, cuisines: ['french'] }, {}, diner)).toEqual(['Chez Hanoi']);
    const at = '2029-08-01T12:00:00.000Z';
    await catalog.free({
      restaurantId: ids['Quán Hoa Sen'] ?? '',
      date: '2029-08-01',
      slots: [{ startsAt: at, free: [{ areaId: newId(), partySizes: [1, 2] }] }],
    });
    // Guests are two, this person comes with three.
    expect(await names({ free: { at } })).toEqual(['Quán Hoa Sen']);
    expect(await names({ free: { at } }, {}, diner)).toEqual([]);
    expect(await faultOf(LIST, { filter: { byPreferences: true } })).toBe('UNAUTHENTICATED');
  });

  it('are counted by cuisine and price, each without its own condition', async () => {
    const { facets } = await list({ cuisines: ['vietnamese'], near: { point: saigon } });
    expect(facets).toEqual({
      cuisines: [
        { value: 'bar', count: 1 },
        { value: 'italian', count: 1 },
        { value: 'japanese', count: 1 },
        { value: 'vietnamese', count: 1 },
      ],
      priceRanges: [{ value: '1', count: 1 }],
      complete: true,
    });
  });

  it.each(['DISTANCE', 'RATING', 'PRICE_LOW', 'PRICE_HIGH', 'RELEVANCE'])(
    'come page by page by %s, each once',
    async (sort) => {
      const filter =
        sort === 'RELEVANCE' ? { words: 'vietnamese' } : { near: { point: saigon, within: 500_000 } };
      const whole = (await list(filter, { sort })).edges.map(({ node }) => node.id);
      const pages: string[] = [];
      let after: string | null = null;
      do {
        const page: Page = await list(filter, { sort, first: 1, after });
        pages.push(...page.edges.map(({ node }) => node.id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(pages).toEqual(whole);
      expect(whole.length).toBeGreaterThan(1);
    },
  );

  it('refuse cursors of another place, and orders that nothing is there to go by', async () => {
    const { pageInfo } = await list({ near: { point: saigon } }, { first: 1 });
    const elsewhere = { near: { point: { latitude: 21, longitude: 105 } } };
    expect(await faultOf(LIST, { filter: elsewhere, after: pageInfo.endCursor })).toBe('INVALID_INPUT');
    expect(await faultOf(LIST, { sort: 'DISTANCE' })).toBe('INVALID_INPUT');
    expect(await faultOf(LIST, { filter: { words: '!' }, sort: 'RELEVANCE' })).toBe('INVALID_INPUT');
  });

  it.each<[object]>([
    [{ near: { point: { latitude: 91, longitude: 0 } } }],
    [{ near: { point: saigon, within: 0 } }],
    [{ words: 'x'.repeat(201) }],
    [{ free: { at: '2029-08-01T12:00:00.000Z', partySize: 0 } }],
    [{ free: { at: '2029-08-01T12:00:00.000Z', withinMinutes: 181 } }],
    [{ free: { at: '9999-01-01T00:00:00.000Z' } }],
    [{ language: '-' }],
    [{ cuisines: Array.from({ length: 51 }, String) }],
  ])('refuse the filter %j', async (filter) => {
    expect(await faultOf(LIST, { filter })).toBe('INVALID_INPUT');
  });

  it.each<[object]>([[{ openAt: '9999-12-31T23:59:59.999Z' }], [{ openAt: '0001-01-01T00:00:00.000Z' }]])(
    'bear the filter %j',
    async (filter) => {
      expect(await faultOf(LIST, { filter })).toBeUndefined();
    },
  );

  it('leave out what is closed', async () => {
    const id = await published(catalog, owner, organizationId, {
      name: 'Shortlived',
      cuisines: ['ephemeral'],
    });
    expect((await list({ cuisines: ['ephemeral'] })).edges).toHaveLength(1);
    await step(catalog, owner, 'closeRestaurant', id);
    expect((await list({ cuisines: ['ephemeral'] })).edges).toHaveLength(0);
  });
});

describe('search', () => {
  let eventId: string;

  beforeAll(async () => {
    const staff = person(undefined, 'MANAGER');
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const { event } = await catalog.one<{ event: Node }>(
      owner,
      `mutation ($input: CreateEventInput!) { createEvent(input: $input) { ... on EventPayload { event { id } } } }`,
      {
        input: {
          ...{
            organizationId,
            name: 'Owl Night',
            description: 'Owls and a trattoria',
            categories: ['music'],
          },
          venue: { name: 'Harbour', address: '1', city: 'Hồ Chí Minh', timeZone: 'Asia/Ho_Chi_Minh' },
          ...{ startsAt: at(30), endsAt: at(31) },
        },
      },
    );
    eventId = event.id;
    ids['Owl Night'] = eventId;
    const configuration = { eventId, saleStartsAt: at(1), saleEndsAt: at(29), maximumAttendees: 10 };
    await catalog.one(
      owner,
      `mutation ($input: ConfigureEventInput!) { configureEvent(input: $input) { __typename } }`,
      { input: configuration },
    );
    await catalog.ask(staff, `mutation ($id: ID!) { approveEvent(eventId: $id) { __typename } }`, {
      id: eventId,
    });
    await catalog.one(owner, `mutation ($id: ID!) { publishEvent(eventId: $id) { __typename } }`, {
      id: eventId,
    });
  });

  const found = async (filter: object) =>
    (await catalog.one<Page>(guest, SEARCH, { filter })).edges.map(
      ({ node }) => `${node.__typename ?? ''} ${nameOf(node.id)}`,
    );

  it('finds every kind, what fits best first', async () => {
    expect(await found({ words: 'trattoria' })).toEqual(['Restaurant Trattoria Bella', 'Event Owl Night']);
    expect([...(await found({ words: 'nigth owl' }))].sort()).toEqual([
      'Event Owl Night',
      'Restaurant Night Owl',
    ]);
    expect(await found({ words: 'owl', kinds: ['EVENT'] })).toEqual(['Event Owl Night']);
  });

  it('leaves out the kinds that do not know a condition', async () => {
    expect(await found({ words: 'owl', category: 'Music' })).toEqual(['Event Owl Night']);
    expect(await found({ words: 'owl', near: { point: saigon } })).toEqual(['Restaurant Night Owl']);
    expect(await found({ words: 'owl', category: 'music', near: { point: saigon } })).toEqual([]);
    expect(await found({ city: 'ho chi minh', until: '2001-01-01T00:00:00Z' })).toEqual([]);
  });

  it('counts kinds, the asked for or not', async () => {
    const { facets } = await catalog.one<Page>(guest, SEARCH, { filter: { words: 'owl', kinds: ['EVENT'] } });
    expect(facets).toEqual({
      kinds: [
        { value: 'EVENT', count: 1 },
        { value: 'RESTAURANT', count: 1 },
      ],
      complete: true,
    });
  });

  it.each<[object]>([[{}], [{ words: 'owl' }], [{ near: { point: saigon } }]])(
    'pages %j, each once',
    async (filter) => {
      const whole = (await catalog.one<Page>(guest, SEARCH, { filter })).edges.map(({ node }) => node.id);
      const pages: string[] = [];
      let after: string | null = null;
      do {
        const page: Page = await catalog.one<Page>(guest, SEARCH, { filter, first: 1, after });
        pages.push(...page.edges.map(({ node }) => node.id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(pages).toEqual(whole);
      expect(whole.length).toBeGreaterThan(1);
    },
  );
});
