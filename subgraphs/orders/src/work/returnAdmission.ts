import { AdmissionReturned, outboxEvent } from '@foyer/kafka';
import type { OrderWork } from '../store/orderWork.js';
import { endCheckout } from './endCheckout.js';

/**
 * A refused order gives its admission back while the token lasts; when it does not, or its owner has left meanwhile, the
 * checkout is over.
 */
export async function returnAdmission(work: OrderWork): Promise<void> {
  const { admissionId, eventId, buyerId, id } = work.order;
  if (admissionId === null) return;
  const [row] = await work.sql.query<{ state: string }>(
    `update admission set state = case when given_up or expires_at <= foyer_now() then 'CLOSED' else 'RETURNED' end
     where admission_id = $1 and order_id = $2 and state = 'SPENT' returning state`,
    [admissionId, id],
  );
  if (row?.state === 'RETURNED') {
    const data = { admissionId, eventId, userId: buyerId, orderId: id };
    work.publish(outboxEvent(AdmissionReturned, { aggregateId: admissionId, data }));
  } else {
    endCheckout(work, 'failed');
  }
}
