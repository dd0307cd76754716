import { isId } from '@foyer/platform';
import { visibleOffers } from './access.js';
import type { InventoryContext, InventoryServices } from './context.js';
import { eventAvailability } from './ticketClassResolvers.js';

interface WithCode {
  readonly accessCode?: string | null;
}

/** Resolvers of `Event`: what inventory adds to it. */
export function eventResolvers(services: InventoryServices) {
  const find = async (
    { id }: { readonly id: string },
    { accessCode }: WithCode,
    context: InventoryContext,
  ) => {
    const view = isId(id) ? await context.listings.load(id.toLowerCase()) : null;
    return {
      view,
      offers: view ? await visibleOffers(services, context.identity, view, accessCode ?? null) : [],
    };
  };
  return {
    __resolveReference: ({ id }: { readonly id: string }) => ({ id }),
    ticketClasses: async (event: { readonly id: string }, args: WithCode, context: InventoryContext) => {
      const { view, offers } = await find(event, args, context);
      return view ? offers.map((each) => ({ listing: view.listing, view: each })) : [];
    },
    availability: async (event: { readonly id: string }, args: WithCode, context: InventoryContext) => {
      const { view, offers } = await find(event, args, context);
      return view && offers.length > 0 ? eventAvailability(view, offers) : null;
    },
  };
}
