import type { Payment } from '../domain/payment.js';
import { askAbout } from './askAbout.js';
import type { Workbench } from './workbench.js';

/**
 * Has the provider close a payment, and applies its word on what it was.
 * @returns the payment as it is then: still PENDING only where the hold lasts and nobody cancelled it, or where the
 * provider can't close it.
 * @throws ProviderUnavailable
 */
export function closeAtProvider(bench: Workbench, payment: Payment): Promise<Payment> {
  return askAbout(bench, payment, (provider, key) => provider.closePayment(key));
}
