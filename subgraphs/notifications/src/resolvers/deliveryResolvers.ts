import {
  isId,
  notFound,
  notInState,
  requirePermission,
  withRefusals,
  type RequestContext,
} from '@foyer/platform';
import type { NotificationServices } from './services.js';

/** `deliveries`: what was sent about an order. */
export function deliveriesQuery({ deliveries }: NotificationServices) {
  return (_: unknown, { orderId }: { readonly orderId: string }, { identity }: RequestContext) => {
    requirePermission(identity, 'delivery:read');
    return isId(orderId) ? deliveries.ofOrder(orderId) : [];
  };
}

/** `parkedDeliveries`. */
export function parkedDeliveriesQuery({ deliveries }: NotificationServices) {
  return (_: unknown, _arguments: unknown, { identity }: RequestContext) => {
    requirePermission(identity, 'delivery:read');
    return deliveries.parked();
  };
}

/** `retryDelivery`. */
export function retryDeliveryMutation({ deliveries, wakeMailer }: NotificationServices) {
  return withRefusals(async (_: unknown, { id }: { readonly id: string }, { identity }: RequestContext) => {
    requirePermission(identity, 'delivery:read');
    const result = isId(id) ? await deliveries.retry(id) : null;
    if (!result) throw notFound('delivery', id);
    const { retried, delivery } = result;
    if (!retried)
      throw notInState(
        `The delivery is ${delivery.status}; only a parked or withheld one can be sent again.`,
        delivery.status,
      );
    wakeMailer();
    return { __typename: 'RetryDeliveryPayload', delivery };
  });
}
