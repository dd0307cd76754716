import type { LineRequest } from '../domain/requests.js';
import { matchesAccessCode } from '../domain/accessCode.js';
import type { InventoryContext, InventoryServices } from './context.js';
import { findOffer } from './findOffer.js';

/** An order whose access code is to be looked at. */
interface CodedOrder {
  readonly orderId: string;
  readonly personId: string;
  readonly accessCode: string;
  readonly lines: readonly LineRequest[];
}

/**
 * Counts the access code with which somebody wants to buy.
 * @returns the whole seconds for which it is not to be looked at; 0 when it may be. An order that is known already is
 * never kept waiting: its answer stands.
 */
export async function waitForCode(
  services: InventoryServices,
  context: InventoryContext,
  { orderId, personId, accessCode, lines }: CodedOrder,
): Promise<number> {
  const found = await Promise.all(lines.map(({ offerId }) => findOffer(services, context, offerId)));
  const hidden = found.filter((each) => each !== null && each.view.offer.accessCodeHash !== null);
  const [first] = hidden;
  if (!first) return 0;
  const known = await services.copies.query('select from hold where order_id = $1', [orderId]);
  if (known.length > 0) return 0;
  const right = hidden.every((each) => matchesAccessCode(accessCode, each?.view.offer.accessCodeHash ?? ''));
  return services.guard.show({ personId, network: null }, first.listing.id, right);
}
