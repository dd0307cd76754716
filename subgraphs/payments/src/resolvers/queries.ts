import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import { requirePermission, requireUser } from '@foyer/platform';
import { checkLedger } from '../store/checkLedger.js';
import type { PaymentsDatabase } from '../store/database.js';
import { listIncidents, type IncidentRecord } from '../store/listIncidents.js';
import { listRejections } from '../store/listRejections.js';
import type { PaymentAt } from '../store/rows.js';
import type { PaymentsContext } from './context.js';
import { money } from './payment.js';

/** The root queries, and what only staff's answers hold. */
export function queries(database: PaymentsDatabase) {
  return {
    Query: {
      payment(
        _: unknown,
        { id }: { readonly id: string },
        context: PaymentsContext,
      ): Promise<PaymentAt | null> {
        requireUser(context.identity);
        return context.payments.load(id);
      },
      async paymentIncidents(_: unknown, input: PageArguments, { identity }: PaymentsContext) {
        requirePermission(identity, 'payment:read-any');
        const page = readPage(input, { order: 'incidents', key: 'ID' });
        return connectionFrom(await listIncidents(database, page), page, ({ id }) => ({ key: 0, id }));
      },
      async webhookRejections(_: unknown, _input: unknown, { identity }: PaymentsContext) {
        requirePermission(identity, 'payment:read-any');
        return await listRejections(database);
      },
      async ledgerReport(_: unknown, _input: unknown, { identity }: PaymentsContext) {
        requirePermission(identity, 'payment:read-any');
        const asOfOneMoment = { isolationLevel: 'RepeatableRead' } as const;
        const report = await database.transaction((_client, sql) => checkLedger(sql), asOfOneMoment);
        const currencies = report.currencies.map(({ currency, captured, allocated, refunded, suspense }) => ({
          captured: money(captured, currency),
          allocated: money(allocated, currency),
          refunded: money(refunded, currency),
          suspense: money(suspense, currency),
        }));
        return { ...report, currencies };
      },
    },
    PaymentIncident: {
      payment: ({ paymentId }: IncidentRecord, _: unknown, { payments }: PaymentsContext) =>
        paymentId === null ? null : payments.load(paymentId),
    },
    Order: {
      __resolveReference: ({ id }: { readonly id: string }) => ({ id }),
      payments(
        { id }: { readonly id: string },
        _: unknown,
        context: PaymentsContext,
      ): Promise<readonly PaymentAt[]> {
        requireUser(context.identity);
        return context.paymentsOfOrder.load(id);
      },
    },
  };
}
