import { guest, person } from '@foyer/platform/testing';
import {
  createSearchFixture,
  pageThrough,
  saigon,
  type Node,
  type Page,
  type SearchFixture,
} from './testing/createSearchFixture.js';

const SEARCH = `query ($filter: SearchFilter, $first: Int, $after: String) {
  search(filter: $filter, first: $first, after: $after) {
    edges { cursor distance node { __typename ... on Restaurant { id } ... on Event { id } } }
    pageInfo { hasNextPage endCursor } facets { kinds { value count } complete } } }`;

let fixture: SearchFixture;

beforeAll(async () => {
  fixture = await createSearchFixture();
});

afterAll(() => fixture.catalog.stop());

describe('search', () => {
  let eventId: string;

  beforeAll(async () => {
    const staff = person(undefined, 'MANAGER');
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const { event } = await fixture.catalog.one<{ event: Node }>(
      fixture.owner,
      `mutation ($input: CreateEventInput!) { createEvent(input: $input) { ... on EventPayload { event { id } } } }`,
      {
        input: {
          ...{
            organizationId: fixture.organizationId,
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
    fixture.ids['Owl Night'] = eventId;
    const configuration = { eventId, saleStartsAt: at(1), saleEndsAt: at(29), maximumAttendees: 10 };
    await fixture.catalog.one(
      fixture.owner,
      `mutation ($input: ConfigureEventInput!) { configureEvent(input: $input) { __typename } }`,
      { input: configuration },
    );
    await fixture.catalog.ask(staff, `mutation ($id: ID!) { approveEvent(eventId: $id) { __typename } }`, {
      id: eventId,
    });
    await fixture.catalog.one(
      fixture.owner,
      `mutation ($id: ID!) { publishEvent(eventId: $id) { __typename } }`,
      {
        id: eventId,
      },
    );
  });

  const found = async (filter: object) =>
    (await fixture.catalog.one<Page>(guest, SEARCH, { filter })).edges.map(
      ({ node }) => `${node.__typename ?? ''} ${fixture.nameOf(node.id)}`,
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
    const { facets } = await fixture.catalog.one<Page>(guest, SEARCH, {
      filter: { words: 'owl', kinds: ['EVENT'] },
    });
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
      const whole = (await fixture.catalog.one<Page>(guest, SEARCH, { filter })).edges.map(
        ({ node }) => node.id,
      );
      const pages = await pageThrough((rest) =>
        fixture.catalog.one<Page>(guest, SEARCH, { filter, ...rest }),
      );
      expect(pages).toEqual(whole);
      expect(whole.length).toBeGreaterThan(1);
    },
  );
});
