import type { PaymentIncident } from '@foyer/prisma/payments';
import type { Page } from '@foyer/schema';
import type { PaymentsDatabase } from './database.js';

/** What a provider said that can't be true. */
export type IncidentRecord = PaymentIncident;

/** Incidents, newest first. */
export function listIncidents({ client }: PaymentsDatabase, page: Page): Promise<IncidentRecord[]> {
  return client.paymentIncident.findMany({
    where: page.after ? { id: { lt: page.after.id } } : {},
    orderBy: { id: 'desc' },
    take: page.limit,
  });
}
