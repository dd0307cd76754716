import { isId, invalidInput } from '@foyer/platform';
import type { PaymentStatus } from '../domain/paymentStatus.js';
import { ProviderUnavailable } from '../providers/paymentProvider.js';
import { requestCancel } from '../store/requestCancel.js';
import { closeAtProvider } from './closeAtProvider.js';
import { leaseOf, type Workbench } from './workbench.js';

/**
 * Closes a payment unless the money was faster. The wish is written down before the provider is asked, so that a job
 * carries it out when this process dies; a payment that does not exist yet can't be created any more.
 * @returns what the payment is then; never PENDING.
 * @throws Refused `InvalidInput`.
 * @throws ProviderUnavailable when the provider does not answer or can't close it yet: ask again; a job tries meanwhile.
 */
export async function cancelPayment(bench: Workbench, paymentId: string): Promise<PaymentStatus> {
  if (!isId(paymentId)) {
    throw invalidInput([{ path: 'paymentId', rule: 'NOT_AN_ID', message: 'Give a UUID.' }]);
  }
  const payment = await requestCancel(bench.database, paymentId, leaseOf(bench.configuration));
  if (!payment) return 'CANCELLED';
  if (payment.status !== 'PENDING') return payment.status;
  const { status } = await closeAtProvider(bench, payment);
  if (status === 'PENDING') throw new ProviderUnavailable('The provider keeps the payment open for now.');
  return status;
}
