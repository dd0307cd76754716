import { queryable } from '@foyer/kafka';
import type { Payment } from '../domain/payment.js';
import { ProviderRefused } from '../providers/paymentProvider.js';
import { applyObservation } from '../store/applyObservation.js';
import { recordProviderPayment } from '../store/recordProviderPayment.js';
import { scheduleAttention } from '../store/scheduleAttention.js';
import { callProvider } from './callProvider.js';
import { closeAtProvider } from './closeAtProvider.js';
import type { Workbench } from './workbench.js';

/**
 * Has a recorded payment made by its provider, as often as it takes: the provider knows it by our id. One that was
 * ended meanwhile is closed there at once, for that end may have come before the provider knew of it.
 * @returns the payment as it is then.
 * @throws ProviderUnavailable
 */
export async function openAtProvider(bench: Workbench, payment: Payment): Promise<Payment> {
  const sql = queryable(bench.database.pool);
  const { id, amount, currency, description, providerExpiresAt } = payment;
  const { reconcileMs } = bench.configuration;
  try {
    const made = await callProvider(bench, payment.provider).createPayment({
      paymentId: id,
      amount: { amount: Number(amount), currency },
      description,
      expiresAt: providerExpiresAt,
    });
    const present = await recordProviderPayment(sql, id, made);
    const over = present.cancelRequestedAt !== null || present.status !== 'PENDING';
    const unwanted = over && present.captured === 0n;
    if (unwanted) return await closeAtProvider(bench, present);
    await scheduleAttention(sql, id, { settled: true, reconcileMs });
    return present;
  } catch (error) {
    if (error instanceof ProviderRefused) {
      const observation = { state: 'DECLINED', reason: error.message } as const;
      const heard = { observation, provider: payment.provider, askedAt: null };
      const applied = await applyObservation(bench.database, bench.outbox, id, heard);
      return applied?.payment ?? payment;
    }
    await scheduleAttention(sql, id, { settled: false, reconcileMs });
    throw error;
  }
}
