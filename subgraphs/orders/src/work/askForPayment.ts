import { invariant } from '@foyer/platform';
import type { OrderWork } from '../store/orderWork.js';
import type { SagaData } from '../store/sagaRow.js';

/**
 * Writes the payment of an order down that is asked for next.
 * @param wanted its id and provider.
 * @returns what the saga stores of it.
 */
export function askForPayment(work: OrderWork, wanted: SagaData): Pick<SagaData, 'paymentId' | 'payment'> {
  const {
    id: orderId,
    total,
    currency,
    holdExpiresAt,
    buyerId,
    organizationId,
    code,
    eventName,
  } = work.order;
  const { paymentId, provider } = wanted;
  invariant(paymentId && provider && holdExpiresAt, 'a payment has an id, a provider and an end');
  work.addPayment({ paymentId, provider, amount: total, currency });
  return {
    paymentId,
    payment: {
      paymentId,
      orderId,
      personId: buyerId,
      organizationId,
      amount: { amount: total, currency },
      provider,
      holdExpiresAt: holdExpiresAt.toISOString(),
      description: `Order ${code}: ${eventName}`.slice(0, 200),
    },
  };
}
