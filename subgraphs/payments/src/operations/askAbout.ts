import { queryable } from '@foyer/kafka';
import type { PaymentObservation } from '../domain/observation.js';
import type { Payment } from '../domain/payment.js';
import type { ProviderPaymentKey } from '../providers/paymentProvider.js';
import { applyObservation } from '../store/applyObservation.js';
import { findPayment } from '../store/findPayment.js';
import { scheduleAttention } from '../store/scheduleAttention.js';
import { callProvider } from './callProvider.js';
import type { Workbench } from './workbench.js';

type Ask = (
  provider: ReturnType<typeof callProvider>,
  key: ProviderPaymentKey,
) => Promise<PaymentObservation>;

/**
 * Asks a payment's provider something, applies the answer, and sets when to look again.
 * @returns the payment as it is then.
 * @throws ProviderUnavailable, and then too it is looked after again.
 */
export async function askAbout(bench: Workbench, { id, provider }: Payment, ask: Ask): Promise<Payment> {
  const { database, outbox, configuration } = bench;
  const { reconcileMs } = configuration;
  const sql = queryable(database.pool);
  let settled = false;
  try {
    // The reference may have become known since the caller read the payment, and the time counts before the question.
    const asked = await findPayment(sql, id);
    const key = { paymentId: id, reference: asked?.providerReference ?? null };
    const observation = await ask(callProvider(bench, provider), key);
    const applied = await applyObservation(database, outbox, id, {
      observation,
      provider,
      askedAt: asked?.now ?? null,
    });
    if (!applied) throw new Error(`payment ${id} is gone`);
    const { payment } = applied;
    const overdue = payment.cancelRequestedAt !== null || payment.now >= payment.holdExpiresAt;
    settled = payment.status !== 'PENDING' || !overdue;
    return payment;
  } finally {
    await scheduleAttention(sql, id, { settled, reconcileMs });
  }
}
