import type { Queryable } from '@foyer/kafka';
import { nextAttention } from '../domain/nextAttention.js';
import { findPayment } from './findPayment.js';

/**
 * Sets when a payment is looked after next, by its present state.
 * @param settled whether the provider has answered what was asked; an attempt that did not is counted, and the next one
 * waits longer.
 */
export async function scheduleAttention(
  sql: Queryable,
  id: string,
  { settled, reconcileMs }: { readonly settled: boolean; readonly reconcileMs: number },
): Promise<void> {
  const payment = await findPayment(sql, id);
  if (!payment) return;
  const attempts = settled ? 0 : payment.attempts + 1;
  const at = nextAttention({ ...payment, attempts }, payment.now, reconcileMs);
  // Where the state has changed meanwhile, whoever changed it has set the time.
  await sql.query(`update payment set attempts = $2, next_attention_at = $3 where id = $1 and status = $4`, [
    id,
    attempts,
    at,
    payment.status,
  ]);
}
