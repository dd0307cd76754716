import { queryable } from '@foyer/kafka';
import type { Refund } from '../domain/payment.js';
import type { PaymentsDatabase } from './database.js';
import { REFUND_COLUMNS } from './rows.js';

/** Refunds of a payment, oldest first. */
export function listRefunds(database: PaymentsDatabase, paymentId: string): Promise<readonly Refund[]> {
  return queryable(database.pool).query<Refund>(
    `select ${REFUND_COLUMNS} from refund where payment_id = $1 order by requested_at, id`,
    [paymentId],
  );
}
