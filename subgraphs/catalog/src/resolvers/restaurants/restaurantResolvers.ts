import { currencyExponent, isId } from '@foyer/platform';
import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import { isOpenAt } from '../../domain/restaurants/isOpenAt.js';
import type { Area, MenuItem, Restaurant } from '../../domain/restaurants/restaurant.js';
import type { CatalogContext, CatalogServices } from '../context.js';
import { maySee } from '../visibility.js';

/** Fields of a restaurant that are not simply read off it, and how the gateway finds one. */
export function restaurantResolvers({ store, reviews, clock }: CatalogServices) {
  return {
    __resolveReference: async (
      { id }: { readonly id: string },
      { restaurants, identity }: CatalogContext,
    ) => {
      const found = isId(id) ? await restaurants.load(id) : null;
      return found && (await maySee(store.copies, identity, found)) ? found : null;
    },
    organization: ({ organizationId }: Restaurant) => ({ id: organizationId }),
    slotMinutes: ({ schedule }: Restaurant) => schedule.slotMinutes,
    hours: ({ schedule }: Restaurant) => schedule.hours,
    exceptions: ({ schedule }: Restaurant) => schedule.exceptions,
    openAt: (restaurant: Restaurant, { at }: { readonly at?: Date | null }) =>
      isOpenAt(restaurant, at ?? clock.now()),
    areas: ({ areas }: Restaurant) => areas.map(areaView),
    deposit: ({ deposit, currency }: Restaurant) => moneyView(deposit, currency),
    menu: ({ menu, currency }: Restaurant) =>
      menu.map(({ name, items }) => ({ name, items: items.map((item) => itemView(item, currency)) })),
    rating: ({ reviewCount, ratingSum }: Restaurant) => ({
      count: reviewCount,
      average: reviewCount === 0 ? null : ratingSum / reviewCount,
    }),
    reviews: async ({ id }: Restaurant, args: PageArguments) => {
      const page = readPage(args, { order: 'review', key: 'INSTANT' });
      const after = page.after && { createdAt: new Date(page.after.key), id: page.after.id };
      const found = await reviews.list(id, after, page.limit);
      return connectionFrom(found, page, (review) => ({
        key: review.createdAt.toISOString(),
        id: review.id,
      }));
    },
  };
}

function areaView({ areaId, tables, joins, ...area }: Area) {
  const names = new Map(tables.map(({ tableId, name }) => [tableId, name]));
  return {
    ...area,
    id: areaId,
    tables: tables.map(({ tableId, ...table }) => ({ ...table, id: tableId })),
    joins: joins.map((join) => join.flatMap((tableId) => names.get(tableId) ?? [])),
  };
}

function itemView(item: MenuItem, currency: string) {
  return { ...item, price: moneyView(item.price, currency) };
}

function moneyView(amount: number, currency: string) {
  return { amount, currency, exponent: currencyExponent(currency) ?? 2 };
}
