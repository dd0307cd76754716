import type { Queryable } from '@foyer/kafka';
import type { ProviderPayment } from '../providers/paymentProvider.js';
import { findPayment } from './findPayment.js';
import type { PaymentAt } from './rows.js';

/** Writes down what the provider answered to a payment's creation; the first answer stays. @returns the payment now. */
export async function recordProviderPayment(
  sql: Queryable,
  id: string,
  { reference, payUrl }: ProviderPayment,
): Promise<PaymentAt> {
  await sql.query(
    `update payment set provider_reference = $2, pay_url = $3 where id = $1 and provider_reference is null`,
    [id, reference, payUrl],
  );
  return (await findPayment(sql, id)) as PaymentAt;
}
