import { isId, requirePermission, requireUser } from '@foyer/platform';
import { visibleOffers } from './access.js';
import type { InventoryContext, InventoryServices } from './context.js';
import { findOffer } from './findOffer.js';

/** Queries of the inventory. */
export function queryResolvers(services: InventoryServices) {
  return {
    ticketClass: async (
      _: unknown,
      { id, accessCode }: { readonly id: string; readonly accessCode?: string | null },
      context: InventoryContext,
    ) => {
      const found = await findOffer(services, context, id);
      const view = found && (await context.listings.load(found.listing.id));
      if (!view) return null;
      const visible = await visibleOffers(services, context.identity, view, accessCode ?? null);
      return visible.includes(found.view) ? found : null;
    },
    waitlistEntry: (_: unknown, { id }: { readonly id: string }, { identity }: InventoryContext) => {
      const { userId } = requireUser(identity);
      return isId(id) ? services.tables.entry(id.toLowerCase(), userId) : null;
    },
    waitlistEntries: (_: unknown, __: unknown, { identity }: InventoryContext) =>
      services.tables.entriesOf(requireUser(identity).userId),
    inventoryDrift: (_: unknown, __: unknown, { identity }: InventoryContext) => {
      requirePermission(identity, 'saga:read');
      return services.reconcile();
    },
  };
}
