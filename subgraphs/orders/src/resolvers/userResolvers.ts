import type { PageArguments } from '@foyer/schema';
import type { Store } from '../store/openStore.js';
import type { OrdersContext } from './context.js';
import { orderPage, reservationPage, ticketPage } from './pages.js';
import { maySeeOwn } from './visibility.js';

interface User {
  readonly id: string;
}

/** What orders adds to a person. Null for others than the person and staff. */
export function userResolvers(store: Store) {
  return {
    __resolveReference: ({ id }: User) => ({ id }),
    orders: ({ id }: User, args: PageArguments, { identity }: OrdersContext) =>
      maySeeOwn(identity, id) ? orderPage(store, args, { buyerId: id, made: true }) : null,
    tickets: ({ id }: User, args: PageArguments, { identity }: OrdersContext) =>
      maySeeOwn(identity, id) ? ticketPage(store, args, id) : null,
    reservations: (
      { id }: User,
      { when, ...page }: PageArguments & { readonly when?: 'UPCOMING' | 'PAST' | null },
      { identity }: OrdersContext,
    ) =>
      maySeeOwn(identity, id)
        ? reservationPage(store, page, { userId: id.toLowerCase(), when: when ?? null })
        : null,
  };
}
