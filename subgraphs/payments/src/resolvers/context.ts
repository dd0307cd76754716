import type { RequestContext } from '@foyer/platform';
import type DataLoader from 'dataloader';
import type { PaymentAt } from '../store/rows.js';

/** What resolvers get besides their arguments. */
export interface PaymentsContext extends RequestContext {
  /** Payments by id, if the caller may see them; null otherwise. */
  readonly payments: DataLoader<string, PaymentAt | null>;
  /** Payments by order's id that the caller may see, newest first. */
  readonly paymentsOfOrder: DataLoader<string, readonly PaymentAt[]>;
}
