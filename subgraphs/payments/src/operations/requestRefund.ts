import { checkRefundInput, type RefundInput } from '../domain/checkRefundInput.js';
import { recordRefund } from '../store/recordRefund.js';
import type { RefundWithPayment } from '../store/rows.js';
import type { Workbench } from './workbench.js';

/**
 * Accepts a refund, which a job carries out.
 * @throws Refused `InvalidInput`, `RefundRefused`.
 */
export async function requestRefund(bench: Workbench, input: RefundInput): Promise<RefundWithPayment> {
  checkRefundInput(input);
  return await recordRefund(bench.database, input, bench.wakeRefunds);
}
