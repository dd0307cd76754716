import { invalidArguments, isId, requirePermission } from '@foyer/platform';
import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import type { Restaurant } from '../../domain/restaurants/restaurant.js';
import { countFacets } from '../../store/restaurants/countFacets.js';
import { findRestaurants, type RestaurantSort } from '../../store/restaurants/findRestaurants.js';
import type { RestaurantConditions } from '../../store/restaurants/restaurantConditions.js';
import type { CatalogContext, CatalogServices } from '../context.js';
import { orderName } from '../orderName.js';
import { withPresent } from '../withPresent.js';
import { maySee } from '../visibility.js';
import { readRestaurantFilter, type RestaurantFilter } from './readRestaurantFilter.js';

interface RestaurantsArguments extends PageArguments {
  readonly filter?: RestaurantFilter | null;
  readonly sort?: RestaurantSort | null;
}

/** Queries for restaurants. */
export function restaurantQueries(services: CatalogServices) {
  const { store, reviews } = services;
  return {
    async restaurant(_: unknown, { id }: { readonly id: string }, { restaurants, identity }: CatalogContext) {
      const found = isId(id) ? await restaurants.load(id) : null;
      return found && (await maySee(store.copies, identity, found)) ? found : null;
    },
    async restaurants(_: unknown, { filter, ...args }: RestaurantsArguments, context: CatalogContext) {
      const query = await readRestaurantFilter(services, context, filter ?? {});
      const sort = readSort(args.sort ?? null, query);
      // A cursor's number means nothing for another place or other words.
      const order = orderName(
        `restaurants ${sort}`,
        sort === 'DISTANCE' && query.near?.point,
        sort === 'RELEVANCE' && query.words,
      );
      const page = readPage(args, { order, key: sort.startsWith('PRICE') ? 'INT' : 'FLOAT' });
      const after = page.after && { key: Number(page.after.key), id: page.after.id };
      const found = await findRestaurants(store.copies, query, sort, after, page.limit);
      const connection = connectionFrom(found, page, ({ key, id }) => ({ key, id }));
      return {
        ...connection,
        edges: await withPresent<Restaurant>(connection.edges, (id) => context.restaurants.load(id)),
        facets: () => countFacets(store.copies, query),
      };
    },
    async ratingDrift(_: unknown, __: unknown, { identity, restaurants }: CatalogContext) {
      requirePermission(identity, 'saga:read');
      const drift = await reviews.drift();
      return drift.map(({ restaurantId, ...rest }) => ({
        ...rest,
        restaurant: () => restaurants.load(restaurantId),
      }));
    },
  };
}

/** @throws GraphQLError `INVALID_INPUT` for an order that the filter gives nothing to go by. */
function readSort(sort: RestaurantSort | null, { words, near }: RestaurantConditions): RestaurantSort {
  if (sort === null) return words !== null ? 'RELEVANCE' : near ? 'DISTANCE' : 'RATING';
  const missing = (sort === 'RELEVANCE' && words === null) || (sort === 'DISTANCE' && !near);
  if (!missing) return sort;
  const message = sort === 'RELEVANCE' ? 'Give filter.words too.' : 'Give filter.near too.';
  throw invalidArguments([{ path: 'sort', rule: 'NOTHING_TO_SORT_BY', message }]);
}
