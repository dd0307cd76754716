import { type Identity } from '@foyer/platform';
import { guest, person } from '@foyer/platform/testing';
import { createTestCatalog, type TestCatalog } from './createTestCatalog.js';
import { mutate, published } from './restaurants.js';

/** Something that was found. */
export interface Node {
  readonly id: string;
  readonly __typename?: string;
}

interface Count {
  readonly value: string;
  readonly count: number;
}

/** A page of what was found. */
export interface Page {
  readonly edges: readonly {
    readonly cursor: string;
    readonly distance: number | null;
    readonly node: Node;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly facets: {
    readonly cuisines?: readonly Count[];
    readonly priceRanges?: readonly Count[];
    readonly kinds?: readonly Count[];
    readonly complete: boolean;
  };
}

/** A catalog in which there is something to find. */
export interface SearchFixture {
  readonly catalog: TestCatalog;
  readonly owner: ReturnType<typeof person>;
  readonly organizationId: string;
  /** Ids by name. */
  readonly ids: Record<string, string>;
  nameOf(id: string): string;
  /** A page of `restaurants`. */
  list(filter: object, rest?: object, as?: Identity): Promise<Page>;
  /** Names of the restaurants that are found. */
  names(filter: object, rest?: object, as?: Identity): Promise<readonly string[]>;
  /** The code of what is wrong with an operation; undefined when nothing is. */
  faultOf(query: string, variables: object): Promise<unknown>;
}

/** Where three of the restaurants are. */
export const saigon = { latitude: 10.7769, longitude: 106.7009 };

export const LIST = `query ($filter: RestaurantFilter, $sort: RestaurantSort, $first: Int, $after: String) {
  restaurants(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { cursor distance node { id } } pageInfo { hasNextPage endCursor }
    facets { cuisines { value count } priceRanges { value count } complete } } }`;

const everyDay = (opens: string, closes: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }));

/** Starts a catalog with three restaurants in Ho Chi Minh City, one in Hanoi, and a draft. */
export async function createSearchFixture(): Promise<SearchFixture> {
  const catalog = await createTestCatalog();
  const owner = person();
  const organizationId = await catalog.organization([[owner, 'OWNER']]);
  const ids: Record<string, string> = {};
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
  const nameOf = (id: string): string => Object.keys(ids).find((name) => ids[name] === id) ?? id;
  const list: SearchFixture['list'] = (filter, rest = {}, as = guest) =>
    catalog.one<Page>(as, LIST, { filter, ...rest });
  return {
    ...{ catalog, owner, organizationId, ids, nameOf, list },
    names: async (...asked) => (await list(...asked)).edges.map(({ node }) => nameOf(node.id)),
    async faultOf(query, variables) {
      const { errors } = await catalog.ask(guest, query, variables);
      return errors?.[0]?.extensions?.['code'];
    },
  };
}

/** Ids of what a list gives, one to a page, until its end. */
export async function pageThrough(ask: (rest: object) => Promise<Page>): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page: Page = await ask({ first: 1, after });
    found.push(...page.edges.map(({ node }) => node.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}
