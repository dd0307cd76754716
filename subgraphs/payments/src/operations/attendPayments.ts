import { queryable } from '@foyer/kafka';
import { attentionStep } from '../domain/nextAttention.js';
import { claimDuePayments } from '../store/claimDuePayments.js';
import type { PaymentAt } from '../store/rows.js';
import { askAbout } from './askAbout.js';
import { closeAtProvider } from './closeAtProvider.js';
import { openAtProvider } from './openAtProvider.js';
import { leaseOf, type Workbench } from './workbench.js';

const AT_ONCE = 10;

/**
 * Looks after every payment that is due: creations and cancellings that a crash or an outage cut short, pay pages to
 * close, holds that have ended, webhooks that never came.
 */
export async function attendPayments(bench: Workbench): Promise<void> {
  const sql = queryable(bench.database.pool);
  let claimed: readonly PaymentAt[];
  do {
    claimed = await claimDuePayments(sql, AT_ONCE, leaseOf(bench.configuration));
    await Promise.all(claimed.map((payment) => attend(bench, payment)));
  } while (claimed.length === AT_ONCE);
}

async function attend(bench: Workbench, payment: PaymentAt): Promise<void> {
  try {
    switch (attentionStep(payment, payment.now)) {
      case 'CREATE':
        await openAtProvider(bench, payment);
        return;
      case 'CLOSE':
        await closeAtProvider(bench, payment);
        return;
      case 'QUERY':
        await askAbout(bench, payment, (provider, key) => provider.queryPayment(key));
    }
  } catch (error) {
    bench.log.warn(
      { err: error, paymentId: payment.id },
      'a payment could not be looked after; trying again',
    );
  }
}
