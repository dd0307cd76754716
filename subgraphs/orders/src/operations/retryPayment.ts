import { InputCheck, invalidInput, isId, newId, notFound, notInState } from '@foyer/platform';
import { hashInput } from '../domain/hashInput.js';
import { claimKey } from '../store/claimKey.js';
import { findKey } from '../store/findKey.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import { openPayment, paymentsOf, settlingPayment } from '../store/payments.js';
import { answerAgain } from './answerAgain.js';
import type { Services } from './services.js';
import { waitForSaga } from './waitForSaga.js';

/** Another way to pay an order. */
export interface RetryPaymentInput {
  readonly orderId: string;
  readonly paymentProvider: string;
  readonly idempotencyKey: string;
}

/**
 * Replaces the payment of an unpaid order by another, until its hold ends. The payment before is closed first; if it
 * turns out that it was paid, there is no other.
 * @returns the order's id.
 * @throws Refused when the order can't be paid (again), or payments refuses.
 */
export async function retryPayment(
  services: Services,
  userId: string,
  input: RetryPaymentInput,
): Promise<string> {
  const { store, configuration } = services;
  const orderId = input.orderId.toLowerCase();
  const provider = input.paymentProvider.trim();
  const key = input.idempotencyKey.trim();
  new InputCheck().text(key, 'input.idempotencyKey', 100).text(provider, 'input.paymentProvider', 50).done();
  if (!isId(orderId)) throw notFound('order', input.orderId);
  const inputHash = hashInput({ orderId, provider });
  const sagaId = newId();

  const begun = await workOnOrder(store, orderId, async (work) => {
    if (work.order.buyerId !== userId) throw notFound('order', input.orderId);
    const claim = { personId: userId, operation: 'retryPayment', key, inputHash, orderId, sagaId };
    if (!(await claimKey(work.sql, claim))) return false;
    const closing = await checkPayable(work);
    work.begin({
      id: sagaId,
      kind: 'RETRY',
      step: 'CANCEL_PAYMENT',
      data: { closing, provider, paymentId: newId() },
    });
    return true;
  });
  if (begun === null) throw notFound('order', input.orderId);
  if (!begun) {
    const first = await findKey(store.sql, userId, 'retryPayment', key);
    if (!first)
      throw invalidInput([{ path: 'input.idempotencyKey', rule: 'EXPIRED', message: 'Use a new key.' }]);
    return answerAgain(services, first, inputHash);
  }
  await waitForSaga(store, { sagaId, orderId, withinMs: configuration.answerWithinMs });
  return orderId;
}

/**
 * @returns the payment that is to be closed before; null when none is open.
 * @throws Refused `NotInState` when the order takes no payment.
 */
async function checkPayable({ order, sql, now }: OrderWork): Promise<string | null> {
  if (order.status !== 'PENDING') {
    throw notInState(
      'Only an order that waits for its payment can be paid. Look at its status.',
      order.status,
    );
  }
  const payments = await paymentsOf(sql, order.id);
  if (settlingPayment(payments))
    throw notInState('This order is paid; its tickets are being made.', order.status);
  if (!order.holdExpiresAt || payments.length === 0) {
    throw notInState('This order is still being made. Try again in a moment.', order.status);
  }
  if (now >= order.holdExpiresAt)
    throw notInState('The time to pay is over. Place a new order.', order.status);
  const [busy] = await sql.query(
    `select 1 as busy from saga where order_id = $1 and kind in ('PLACE', 'RETRY') and state in ('RUNNING', 'PARKED')`,
    [order.id],
  );
  if (busy) throw notInState('A payment is being made ready. Try again in a moment.', order.status);
  return openPayment(payments)?.paymentId ?? null;
}
