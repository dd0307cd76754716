import { connectionFrom, readPage, type Connection, type PageArguments } from '@foyer/schema';
import { currencyExponent, hasPermission } from '@foyer/platform';
import type { Payment, Refund } from '../domain/payment.js';
import type { PaymentsDatabase } from '../store/database.js';
import { listCalls, type CallRecord } from '../store/listCalls.js';
import { listRefunds } from '../store/listRefunds.js';
import type { PaymentAt } from '../store/rows.js';
import type { PaymentsContext } from './context.js';

/** An amount as the graph shows it. */
export interface MoneyView {
  readonly amount: bigint;
  readonly currency: string;
  readonly exponent: number;
}

/** An amount as the graph shows it. */
export function money(amount: bigint, currency: string): MoneyView {
  return { amount, currency, exponent: currencyExponent(currency) ?? 2 };
}

/** A refund as the graph shows it. */
export function refundView(refund: Refund, { currency }: Payment) {
  return { ...refund, amount: money(refund.amount, currency) };
}

/** Fields of a payment that the caller may see. */
export function paymentFields(database: PaymentsDatabase) {
  return {
    __resolveReference: (
      { id }: { readonly id: string },
      { payments }: PaymentsContext,
    ): Promise<PaymentAt | null> => payments.load(id),
    order: ({ orderId }: Payment) => ({ __typename: 'Order', id: orderId }),
    amount: ({ amount, currency }: Payment): MoneyView => money(amount, currency),
    refunded: ({ refunded, currency }: Payment): MoneyView => money(refunded, currency),
    payUrl(
      { personId, status, payUrl, cancelRequestedAt, expiresAt, now }: PaymentAt,
      _: unknown,
      context: PaymentsContext,
    ) {
      const { identity } = context;
      const own = identity.kind === 'user' && identity.userId === personId;
      const open = status === 'PENDING' && cancelRequestedAt === null && now < expiresAt;
      return own && open ? payUrl : null;
    },
    refunds: async (payment: Payment) =>
      (await listRefunds(database, payment.id)).map((refund) => refundView(refund, payment)),
    async providerCalls(
      { id }: Payment,
      input: PageArguments,
      { identity }: PaymentsContext,
    ): Promise<Connection<CallRecord> | null> {
      const page = readPage(input, { order: 'calls', key: 'ID' });
      if (!hasPermission(identity, 'payment:read-any')) return null;
      return connectionFrom(await listCalls(database, id, page), page, (call) => ({ key: 0, id: call.id }));
    },
  };
}
