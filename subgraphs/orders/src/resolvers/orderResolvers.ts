import { isId } from '@foyer/platform';
import { money } from '../domain/money.js';
import type { Store } from '../store/openStore.js';
import { findReservation } from '../store/findReservation.js';
import type { OrderRow } from '../store/orderRow.js';
import { shownPayment } from '../store/payments.js';
import type { OrdersContext } from './context.js';
import { lineFor } from './lineFor.js';
import { maySeeOrder } from './visibility.js';

/** Fields of an order that need more than its row. */
export function orderResolvers({ sql }: Store) {
  return {
    async __resolveReference({ id }: { readonly id: string }, { orders, identity }: OrdersContext) {
      const order = isId(id) ? await orders.load(id) : null;
      return order && (await maySeeOrder(sql, identity, order)) ? order : null;
    },
    event: ({ kind, eventId }: OrderRow) => (kind === 'TICKETS' ? { id: eventId } : null),
    reservation: ({ kind, id }: OrderRow) => (kind === 'TABLE' ? findReservation(sql, id) : null),
    organization: ({ organizationId }: OrderRow) => ({ id: organizationId }),
    buyer: ({ id, buyerId, buyerName, buyerEmail }: OrderRow) => ({
      user: buyerId === id ? null : { id: buyerId },
      name: buyerName,
      email: buyerEmail,
    }),
    async lines({ id, kind, currency }: OrderRow, _: unknown, { lines }: OrdersContext) {
      return (await lines.load(id)).map((line) => lineFor(line, currency, kind));
    },
    subtotal: ({ subtotal, currency }: OrderRow) => money(subtotal, currency),
    fees: ({ fees, currency }: OrderRow) => money(fees, currency),
    tax: ({ tax, currency }: OrderRow) => money(tax, currency),
    total: ({ total, currency }: OrderRow) => money(total, currency),
    refunded: ({ refunded, currency }: OrderRow) => money(refunded, currency),
    payBy: ({ status, total, holdExpiresAt }: OrderRow) =>
      status === 'PENDING' && total > 0 ? holdExpiresAt : null,
    async payment({ id }: OrderRow, _: unknown, { payments }: OrdersContext) {
      const shown = shownPayment(await payments.load(id));
      return shown ? { id: shown.paymentId } : null;
    },
    tickets: ({ id }: OrderRow, _: unknown, { tickets }: OrdersContext) => tickets.load(id),
    async refunds({ id }: OrderRow, _: unknown, { refunds }: OrdersContext) {
      return (await refunds.load(id)).map((refund) => ({
        id: refund.id,
        amount: money(refund.amount, refund.currency),
        reason: refund.reason,
        status: refund.state,
        requestedAt: refund.createdAt,
        doneAt: refund.doneAt,
      }));
    },
    async history({ id }: OrderRow, _: unknown, { changes }: OrdersContext) {
      return (await changes.load(id)).map((change) => ({ ...change, version: Number(change.version) }));
    },
  };
}
