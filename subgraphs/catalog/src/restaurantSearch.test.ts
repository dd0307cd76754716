import { guest } from '@foyer/platform/testing';
import {
  createSearchFixture,
  LIST,
  pageThrough,
  saigon,
  type SearchFixture,
} from './testing/createSearchFixture.js';
import { mutate, published, step } from './testing/restaurants.js';

let fixture: SearchFixture;

beforeAll(async () => {
  fixture = await createSearchFixture();
});

afterAll(() => fixture.catalog.stop());

describe('restaurants', () => {
  it('are found near by, the nearest first, with their distance', async () => {
    const { edges } = await fixture.list({ near: { point: saigon } });
    expect(edges.map(({ node }) => fixture.nameOf(node.id))).toEqual([
      'Quán Hoa Sen',
      'Night Owl',
      'Trattoria Bella',
    ]);
    expect(edges.map(({ distance }) => Math.round((distance ?? NaN) / 100))).toEqual([0, 19, 97]);
    expect(await fixture.names({ near: { point: saigon, within: 2000 } })).toEqual([
      'Quán Hoa Sen',
      'Night Owl',
    ]);
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
    expect(await fixture.names(filter)).toEqual(expected);
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
    const { errors } = await fixture.catalog.ask(guest, LIST, { filter: { words } });
    expect(errors?.[0]?.extensions?.['code'] ?? null).toBe(words === '\u0000' ? 'INVALID_INPUT' : null);
  });

  it.each<[string, object, readonly string[]]>([
    ['city', { city: ' ha noi ' }, ['Chez Hanoi']],
    ['cuisine', { cuisines: ['French', 'italian'] }, ['Chez Hanoi', 'Trattoria Bella']],
    ['price', { priceRanges: [1] }, ['Quán Hoa Sen']],
    ['diet', { dietary: ['VEGAN'] }, ['Quán Hoa Sen']],
    // 17:00 UTC is midnight.
    ['opening hours past midnight', { openAt: '2091-05-16T17:30:00Z' }, ['Night Owl']],
    ['opening hours', { openAt: '2091-05-16T05:30:00Z' }, ['Chez Hanoi', 'Quán Hoa Sen', 'Trattoria Bella']],
    ['nothing of it', { city: 'Hà Nội', priceRanges: [1] }, []],
  ])('are found by %s', async (_, filter, expected) => {
    expect([...(await fixture.names(filter))].sort()).toEqual(expected);
  });

  it('are closed on the dates that say so', async () => {
    const restaurantId = fixture.ids['Night Owl'];
    const set = (intervals: object[] | null) =>
      mutate(fixture.catalog, fixture.owner, 'setRestaurantException', {
        restaurantId,
        date: '2091-05-16',
        intervals,
      });
    const open = async (at: string) => (await fixture.names({ openAt: at })).includes('Night Owl');
    await set([]);
    // The evening, and the night that would follow from it; but not the night before.
    expect([
      await open('2091-05-16T13:00:00Z'),
      await open('2091-05-16T17:30:00Z'),
      await open('2091-05-15T17:30:00Z'),
    ]).toEqual([false, false, true]);
    await set(null);
    expect(await open('2091-05-16T13:00:00Z')).toBe(true);
  });

  it('are counted by cuisine and price, each without its own condition', async () => {
    const { facets } = await fixture.list({ cuisines: ['vietnamese'], near: { point: saigon } });
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
      const whole = (await fixture.list(filter, { sort })).edges.map(({ node }) => node.id);
      const pages = await pageThrough((rest) => fixture.list(filter, { sort, ...rest }));
      expect(pages).toEqual(whole);
      expect(whole.length).toBeGreaterThan(1);
    },
  );

  it('refuse cursors of another place, and orders that nothing is there to go by', async () => {
    const { pageInfo } = await fixture.list({ near: { point: saigon } }, { first: 1 });
    const elsewhere = { near: { point: { latitude: 21, longitude: 105 } } };
    expect(await fixture.faultOf(LIST, { filter: elsewhere, after: pageInfo.endCursor })).toBe(
      'INVALID_INPUT',
    );
    expect(await fixture.faultOf(LIST, { sort: 'DISTANCE' })).toBe('INVALID_INPUT');
    expect(await fixture.faultOf(LIST, { filter: { words: '!' }, sort: 'RELEVANCE' })).toBe('INVALID_INPUT');
  });

  it.each<[object]>([
    [{ near: { point: { latitude: 91, longitude: 0 } } }],
    [{ near: { point: saigon, within: 0 } }],
    [{ words: 'x'.repeat(201) }],
    [{ free: { at: '2091-08-01T12:00:00.000Z', partySize: 0 } }],
    [{ free: { at: '2091-08-01T12:00:00.000Z', withinMinutes: 181 } }],
    [{ free: { at: '9999-01-01T00:00:00.000Z' } }],
    [{ language: '-' }],
    [{ cuisines: Array.from({ length: 51 }, (_, index) => `c${index}`) }],
  ])('refuse the filter %j', async (filter) => {
    expect(await fixture.faultOf(LIST, { filter })).toBe('INVALID_INPUT');
  });

  it.each<[object]>([[{ openAt: '9999-12-31T23:59:59.999Z' }], [{ openAt: '0001-01-01T00:00:00.000Z' }]])(
    'bear the filter %j',
    async (filter) => {
      expect(await fixture.faultOf(LIST, { filter })).toBeUndefined();
    },
  );

  it('leave out what is closed', async () => {
    const id = await published(fixture.catalog, fixture.owner, fixture.organizationId, {
      name: 'Shortlived',
      cuisines: ['ephemeral'],
    });
    expect((await fixture.list({ cuisines: ['ephemeral'] })).edges).toHaveLength(1);
    await step(fixture.catalog, fixture.owner, 'closeRestaurant', id);
    expect((await fixture.list({ cuisines: ['ephemeral'] })).edges).toHaveLength(0);
  });
});
