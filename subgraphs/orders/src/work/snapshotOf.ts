import type { OrderSnapshot } from '@foyer/kafka';
import type { OrderWork } from '../store/orderWork.js';

/** The order as its events tell of it. */
export async function snapshotOf(work: OrderWork): Promise<OrderSnapshot> {
  const { order } = work;
  const { currency } = order;
  const lines = await work.lines();
  const includedTax = lines.reduce((sum, { tax, taxIncluded }) => sum + (taxIncluded ? tax : 0), 0);
  return {
    orderId: order.id,
    code: order.code,
    listingId: order.eventId,
    listingName: order.eventName,
    organizationId: order.organizationId,
    buyer: { userId: order.buyerId, email: order.buyerEmail, name: order.buyerName },
    lines: lines.map(({ offerId, name, quantity, unitPrice }) => ({
      offerId,
      name,
      quantity,
      unitPrice: { amount: unitPrice, currency },
    })),
    charges: {
      subtotal: { amount: order.subtotal, currency },
      fees: { amount: order.fees, currency },
      tax: { amount: order.tax - includedTax, currency },
      includedTax: { amount: includedTax, currency },
    },
    total: { amount: order.total, currency },
    ...(order.kind === 'TABLE' ? { reservationId: order.id } : {}),
  };
}
