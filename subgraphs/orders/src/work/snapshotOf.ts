import type { OrderSnapshot } from '@foyer/kafka';
import type { OrderWork } from '../store/orderWork.js';

/** The order as its events tell of it. */
export async function snapshotOf(work: OrderWork): Promise<OrderSnapshot> {
  const { order } = work;
  const { currency } = order;
  const lines = await work.lines();
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
    total: { amount: order.total, currency },
    ...(order.kind === 'TABLE' ? { reservationId: order.id } : {}),
  };
}
