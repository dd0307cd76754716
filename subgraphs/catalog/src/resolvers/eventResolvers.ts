import type { EventListing } from '../domain/event.js';
import type { CatalogContext, CatalogServices } from './context.js';
import { maySee } from './visibility.js';

/** Fields of an event that are not simply read off it, and how the gateway finds one. */
export function eventResolvers({ store }: CatalogServices) {
  return {
    __resolveReference: async ({ id }: { readonly id: string }, { events, identity }: CatalogContext) => {
      const event = await events.load(id);
      return event && (await maySee(store.copies, identity, event)) ? event : null;
    },
    organization: ({ organizationId }: EventListing) => ({ id: organizationId }),
  };
}
