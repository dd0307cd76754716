import type { Queryable } from '@foyer/kafka';
import { allocationMovement } from '../domain/ledgerEntries.js';
import { lockOrderAccount } from './lockOrderAccount.js';
import { postMovement } from './postMovement.js';

/**
 * An order is completed: what is in suspense for it, up to its total, becomes the organization's. Does nothing for an
 * order without payments, and nothing the second time.
 */
export async function allocateOrder(sql: Queryable, orderId: string, total: bigint): Promise<void> {
  const account = await lockOrderAccount(sql, orderId);
  if (account?.completedTotal !== null) return;
  await sql.query(`update order_account set completed_total = $2 where order_id = $1`, [orderId, total]);
  const movement = allocationMovement(account, total);
  if (movement) {
    await postMovement(sql, account, { kind: 'ALLOCATION', paymentId: null, refundId: null }, movement, null);
  }
}
