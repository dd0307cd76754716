import type { EventCopy } from '@foyer/kafka';
import type { RequestContext } from '@foyer/platform';
import type DataLoader from 'dataloader';
import type { OrderRow } from '../store/orderRow.js';
import type { PaymentRow } from '../store/payments.js';
import type { ChangeModel, LineModel, RefundModel } from '../store/records.js';
import type { TicketRow } from '../store/tickets.js';

/** What every resolver of orders gets. Loaders read together and keep nothing: a subscription lives long. */
export interface OrdersContext extends RequestContext {
  readonly orders: DataLoader<string, OrderRow | null>;
  readonly lines: DataLoader<string, readonly LineModel[]>;
  readonly tickets: DataLoader<string, readonly TicketRow[]>;
  readonly payments: DataLoader<string, readonly PaymentRow[]>;
  readonly refunds: DataLoader<string, readonly RefundModel[]>;
  readonly changes: DataLoader<string, readonly ChangeModel[]>;
  readonly events: DataLoader<string, EventCopy | null>;
}
