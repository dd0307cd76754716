import { type Identity, invalidArguments, isDay, normalCode } from '@foyer/platform';
import { type PageArguments } from '@foyer/schema';
import { findDaySheet } from '../store/findReservations.js';
import type { Store } from '../store/openStore.js';
import type { OrdersContext } from './context.js';
import { reservationPage } from './pages.js';
import { mayFollowRestaurant } from './visibility.js';

interface Restaurant {
  readonly id: string;
}

interface ReservationsArguments extends PageArguments {
  readonly filter?: {
    readonly date?: string | null;
    readonly status?: string | null;
    readonly code?: string | null;
    readonly when?: 'UPCOMING' | 'PAST' | null;
  } | null;
}

/** What orders adds to a restaurant. Null for others than those who receive its guests, and staff. */
export function restaurantResolvers(store: Store) {
  const maySee = (identity: Identity, id: string): Promise<boolean> =>
    mayFollowRestaurant(store.sql, identity, id);
  return {
    __resolveReference: ({ id }: Restaurant) => ({ id }),
    async daySheet({ id }: Restaurant, { date }: { readonly date: string }, { identity }: OrdersContext) {
      if (!(await maySee(identity, id))) return null;
      return findDaySheet(store.sql, id, dayOf(date, 'date'));
    },
    async reservations(
      { id }: Restaurant,
      { filter, ...page }: ReservationsArguments,
      { identity }: OrdersContext,
    ) {
      if (!(await maySee(identity, id))) return null;
      return reservationPage(store, page, {
        restaurantId: id,
        status: filter?.status,
        code: filter?.code && normalCode(filter.code),
        day: typeof filter?.date === 'string' ? dayOf(filter.date, 'filter.date') : null,
        when: filter?.when ?? null,
      });
    },
  };
}

/** @throws GraphQLError `INVALID_INPUT` for what is no day of the calendar. */
function dayOf(date: string, path: string): string {
  if (isDay(date)) return date;
  throw invalidArguments([{ path, rule: 'NOT_A_DAY', message: 'Write a day as 2026-12-24.' }]);
}
