import type { ProviderCall } from '@foyer/prisma/payments';
import type { Page } from '@foyer/schema';
import type { PaymentsDatabase } from './database.js';

/** A call to or from a provider. */
export type CallRecord = ProviderCall;

/** Calls about a payment, newest first. */
export function listCalls(
  { client }: PaymentsDatabase,
  paymentId: string,
  page: Page,
): Promise<CallRecord[]> {
  return client.providerCall.findMany({
    where: { paymentId, ...(page.after && { id: { lt: page.after.id } }) },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
}
