import { isId } from '@foyer/platform';
import { GraphQLError } from 'graphql';
import type { ListingView } from '../domain/listingView.js';
import type { DayContent } from '../domain/tables/dayContent.js';
import { dayKey } from '../store/createDayReader.js';
import { visibleOffers } from './access.js';
import type { InventoryContext, InventoryServices } from './context.js';
import { visibleDay } from './restaurantResolvers.js';
import { eventAvailability } from './ticketClassResolvers.js';

interface Arguments {
  readonly eventId: string;
  readonly accessCode?: string | null;
}

/** Subscriptions of the inventory. */
export function subscriptionResolvers(services: InventoryServices) {
  const { availability, dayAvailability, copies } = services;
  return {
    tableAvailability: {
      subscribe: async (
        _: unknown,
        { restaurantId, date }: { readonly restaurantId: string; readonly date: string },
        { identity }: InventoryContext,
      ) => {
        const content = await visibleDay(services, identity, restaurantId, date);
        if (!content) {
          throw new GraphQLError('There is no restaurant with this id, or it is not yours to see.', {
            extensions: { code: 'NOT_FOUND' },
          });
        }
        return dayAvailability.watch(dayKey(content.restaurant.id, date));
      },
      resolve: (content: DayContent) => content,
    },
    availability: {
      subscribe: async (
        _: unknown,
        { eventId, accessCode }: Arguments,
        { identity, listings }: InventoryContext,
      ) => {
        const view = isId(eventId) ? await listings.load(eventId.toLowerCase()) : null;
        const offers = view ? await visibleOffers(services, identity, view, accessCode ?? null) : [];
        if (!view || offers.length === 0) {
          throw new GraphQLError(
            'There is nothing to buy at an event with this id, or it is not yours to see.',
            {
              extensions: { code: 'NOT_FOUND' },
            },
          );
        }
        return availability.watch(view.listing.id);
      },
      // Judged anew for every value: classes come, codes change, members leave. It is the same code, and counted once.
      resolve: async (view: ListingView, { accessCode }: Arguments, { identity }: InventoryContext) => {
        const uncounted = { copies, guard: null };
        return eventAvailability(view, await visibleOffers(uncounted, identity, view, accessCode ?? null));
      },
    },
  };
}
