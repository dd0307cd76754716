import { queryable } from '@foyer/kafka';
import { settleAll } from '@foyer/platform';
import type { RefundObservation } from '../domain/observation.js';
import { ProviderRefused } from '../providers/paymentProvider.js';
import { applyRefund } from '../store/applyRefund.js';
import { claimDueRefunds } from '../store/claimDueRefunds.js';
import type { RefundWithPayment } from '../store/rows.js';
import { scheduleRefund } from '../store/scheduleRefund.js';
import { callProvider } from './callProvider.js';
import { leaseOf, type Workbench } from './workbench.js';

const AT_ONCE = 10;

/**
 * Carries out every refund that is due. One the provider does not answer to, or works on, is asked about again later,
 * as often as it takes.
 */
export async function carryOutRefunds(bench: Workbench): Promise<void> {
  const sql = queryable(bench.database.pool);
  let claimed: readonly RefundWithPayment[];
  do {
    claimed = await claimDueRefunds(sql, AT_ONCE, leaseOf(bench.configuration));
    await settleAll(claimed.map((each) => carryOut(bench, each)));
  } while (claimed.length === AT_ONCE);
}

async function carryOut(bench: Workbench, each: RefundWithPayment): Promise<void> {
  const { refund, payment } = each;
  try {
    const observation = await ask(bench, each);
    const heard = { observation, provider: payment.provider };
    const decision = await applyRefund(bench.database, bench.outbox, refund.id, heard);
    if (decision?.kind === 'SUCCEED' || decision?.kind === 'FAIL') return;
  } catch (error) {
    bench.log.warn(
      { err: error, refundId: refund.id, paymentId: payment.id },
      'a refund failed; trying again',
    );
  }
  await scheduleRefund(queryable(bench.database.pool), refund);
}

/** Asks how a refund is that the provider has taken; has it made otherwise, under the same id however often. */
async function ask(bench: Workbench, { refund, payment }: RefundWithPayment): Promise<RefundObservation> {
  const provider = callProvider(bench, payment.provider);
  const key = { paymentId: payment.id, reference: payment.providerReference };
  if (refund.providerReference !== null) {
    const { id: refundId, providerReference: reference } = refund;
    const observation = await provider.queryRefund({ refundId, reference, payment: key });
    if (observation.state !== 'UNKNOWN') return observation;
  }
  try {
    return await provider.refund({
      refundId: refund.id,
      payment: key,
      amount: { amount: Number(refund.amount), currency: payment.currency },
      reason: refund.reason,
    });
  } catch (error) {
    if (error instanceof ProviderRefused) return { state: 'FAILED', reason: error.message };
    throw error;
  }
}
