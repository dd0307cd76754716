import type { PaymentsAnswer } from '../payments/paymentsPort.js';
import type { OrderWork } from '../store/orderWork.js';
import { movePayment } from '../store/payments.js';
import { capturePayment } from './capturePayment.js';

/**
 * What payments said when asked to close a payment.
 * @returns whether the money was faster: then it is as if it had been told of it.
 */
export async function closePayment(
  work: OrderWork,
  paymentId: string,
  status: PaymentsAnswer,
): Promise<boolean> {
  if (status === 'CAPTURED') {
    await capturePayment(work, paymentId);
    return true;
  }
  const to = status === 'DECLINED' ? 'DECLINED' : 'CLOSED';
  if (await movePayment(work, paymentId, ['ASKED', 'READY'], to)) {
    work.change({ kind: status === 'DECLINED' ? 'PAYMENT_DECLINED' : 'PAYMENT_CLOSED' });
  }
  return false;
}
