import { isId } from '@foyer/platform';
import type { InventoryContext, InventoryServices } from './context.js';
import type { TicketClassParent } from './ticketClassResolvers.js';

/** An offer with its listing; null when there is none with this id. */
export async function findOffer(
  { listingsOf }: Pick<InventoryServices, 'listingsOf'>,
  { listings }: Pick<InventoryContext, 'listings'>,
  id: string,
): Promise<TicketClassParent | null> {
  if (!isId(id)) return null;
  const offerId = id.toLowerCase();
  const [listingId] = await listingsOf([offerId]);
  const found = typeof listingId === 'string' ? await listings.load(listingId) : null;
  const view = found?.offers.find(({ offer }) => offer.id === offerId);
  return found && view ? { listing: found.listing, view } : null;
}
