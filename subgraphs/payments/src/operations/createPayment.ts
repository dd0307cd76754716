import type { Refused } from '@foyer/platform';
import { checkPaymentInput, type PaymentInput } from '../domain/checkPaymentInput.js';
import type { Payment } from '../domain/payment.js';
import { paymentRefused } from '../domain/refusals.js';
import type { PaymentProvider } from '../providers/paymentProvider.js';
import { recordPayment } from '../store/recordPayment.js';
import { openAtProvider } from './openAtProvider.js';
import { leaseOf, type Workbench } from './workbench.js';

/**
 * Makes a payment: written down first, then asked of the provider under our id. The same id again goes on where the
 * last attempt stopped, and gives the same payment once it is there, whatever its state.
 * @throws Refused `InvalidInput`, `PaymentRefused`.
 * @throws ProviderUnavailable when the provider does not answer: ask again; a job tries meanwhile.
 */
export async function createPayment(bench: Workbench, input: PaymentInput): Promise<Payment> {
  checkPaymentInput(input);
  const { shortestExpirySeconds } = requireProvider(bench, input).capabilities;
  const { closeBeforeHoldSeconds } = bench.configuration;
  const leaseMs = leaseOf(bench.configuration);
  const recorded = await recordPayment(bench.database, bench.outbox, input, {
    closeBeforeHoldSeconds,
    shortestExpirySeconds,
    leaseMs,
  });
  const untold = recorded.status === 'PENDING' && recorded.payUrl === null;
  if (!untold) return madeOrRefused(recorded);
  if (recorded.cancelRequestedAt !== null) throw cancelled();
  if (recorded.now >= recorded.expiresAt) throw tooLate();
  return madeOrRefused(await openAtProvider(bench, recorded));
}

/** What was asked for is there once the provider has made it, whatever became of it since. */
function madeOrRefused(payment: Payment): Payment {
  if (payment.payUrl !== null) return payment;
  if (payment.status === 'FAILED') {
    throw paymentRefused('PROVIDER_REFUSED', payment.failureReason ?? 'The provider refuses this payment.');
  }
  if (payment.status === 'CANCELLED') throw cancelled();
  if (payment.status === 'EXPIRED') throw tooLate();
  return payment;
}

function requireProvider(
  { providers }: Workbench,
  { provider: name, amount }: PaymentInput,
): PaymentProvider {
  const provider = providers.get(name);
  if (!provider) {
    const known = [...providers.keys()].join(', ') || 'none is configured';
    throw paymentRefused(
      'UNKNOWN_PROVIDER',
      `There is no payment provider ${name.slice(0, 40)}. Choose one of: ${known}.`,
    );
  }
  const { currencies } = provider.capabilities;
  if (currencies !== null && !currencies.includes(amount.currency)) {
    throw paymentRefused(
      'CURRENCY_NOT_SUPPORTED',
      `${name} takes ${currencies.join(', ')}, not ${amount.currency}.`,
    );
  }
  return provider;
}

function cancelled(): Refused {
  return paymentRefused('CANCELLED', 'This payment was cancelled before it could be made.');
}

function tooLate(): Refused {
  return paymentRefused(
    'TOO_LATE',
    'The provider did not answer in time: the pay page would be closed already.',
  );
}
