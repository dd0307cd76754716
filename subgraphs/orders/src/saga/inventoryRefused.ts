import type { RefusalData } from '@foyer/platform';
import { tableRefused } from '../domain/refusals.js';
import type { OrderRow } from '../store/orderRow.js';

/** Inventory's refusal of an order in the words of this graph. */
export function inventoryRefused({ kind }: Pick<OrderRow, 'kind'>, refusal: RefusalData): RefusalData {
  if (kind === 'TABLE') return tableRefused(refusal);
  const { code, message, offerId, available, state } = refusal;
  return {
    __typename: 'OfferRefused',
    code,
    message,
    offer: typeof offerId === 'string' ? { __typename: 'TicketClass', id: offerId } : null,
    available: available ?? null,
    availability: state ?? null,
  };
}
