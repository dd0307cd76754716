import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import type { EventListing } from '../domain/event.js';
import type { Restaurant } from '../domain/restaurants/restaurant.js';
import { MAXIMUM_COUNTED } from '../store/restaurants/countFacets.js';
import {
  countListings,
  searchListings,
  type FoundListing,
  type ListingKind,
  type ListingQuery,
} from '../store/restaurants/searchListings.js';
import type { CatalogContext, CatalogServices } from './context.js';
import { orderName } from './orderName.js';
import { readRestaurantFilter, type RestaurantFilter } from './restaurants/readRestaurantFilter.js';

/** `SearchFilter`. */
interface SearchFilter extends RestaurantFilter {
  readonly kinds?: readonly ListingKind[] | null;
  readonly category?: string | null;
  readonly from?: Date | null;
  readonly until?: Date | null;
}

const KINDS = ['EVENT', 'RESTAURANT'] as const;
const RESTAURANT_ONLY = ['near', 'cuisines', 'priceRanges', 'dietary', 'openAt', 'free'] as const;
const EVENT_ONLY = ['category', 'from', 'until'] as const;

/** Searches every kind of listing. */
export function searchResolver(services: CatalogServices) {
  const { store, clock } = services;
  return async (
    _: unknown,
    { filter, ...args }: PageArguments & { readonly filter?: SearchFilter | null },
    context: CatalogContext,
  ) => {
    const given = filter ?? {};
    const query: ListingQuery = {
      ...(await readRestaurantFilter(services, context, given)),
      kinds: possibleKinds(given),
      category: given.category ?? null,
      from: given.from ?? (given.until ? null : clock.now()),
      until: given.until ?? null,
    };
    const page = readPage(args, {
      order: orderName('search', query.near?.point, query.words),
      key: query.near || query.words !== null ? 'FLOAT' : 'INSTANT',
    });
    const found = await searchListings(store.copies, query, page.after, page.limit);
    const connection = connectionFrom(found, page, ({ key, id }) => ({ key, id }));
    const edges = await Promise.all(connection.edges.map((edge) => withListing(edge, context)));
    return {
      pageInfo: connection.pageInfo,
      edges: edges.filter(({ node }) => node !== null),
      facets: async () => {
        const all = { ...query, kinds: possibleKinds({ ...given, kinds: null }) };
        const counts = await countListings(store.copies, all);
        return {
          kinds: counts.map(({ kind, count }) => ({ value: kind, count: Math.min(count, MAXIMUM_COUNTED) })),
          complete: counts.every(({ count }) => count <= MAXIMUM_COUNTED),
        };
      },
    };
  };
}

/** The kinds that are asked for, and that know every condition there is. */
function possibleKinds(filter: SearchFilter): readonly ListingKind[] {
  const asks = (names: readonly (keyof SearchFilter)[]): boolean =>
    names.some((name) => (filter[name] ?? null) !== null);
  return KINDS.filter(
    (kind) =>
      (filter.kinds ?? KINDS).includes(kind) && !asks(kind === 'EVENT' ? RESTAURANT_ONLY : EVENT_ONLY),
  );
}

async function withListing(
  { cursor, node }: { readonly cursor: string; readonly node: FoundListing },
  { events, restaurants }: CatalogContext,
): Promise<{
  readonly cursor: string;
  readonly distance: number | null;
  readonly node: ((EventListing | Restaurant) & { readonly __typename: string }) | null;
}> {
  const { id, kind, distance } = node;
  const [listing, __typename] =
    kind === 'EVENT' ? [await events.load(id), 'Event'] : [await restaurants.load(id), 'Restaurant'];
  return { cursor, distance, node: listing && { __typename, ...listing } };
}
