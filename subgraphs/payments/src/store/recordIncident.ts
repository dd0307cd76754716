import type { Queryable } from '@foyer/kafka';
import { newId } from '@foyer/platform';
import type { IncidentKind } from '../domain/observation.js';
import { removeSecrets } from './removeSecrets.js';

/** What a provider said that can't be true. */
export interface Incident {
  readonly provider: string;
  readonly kind: IncidentKind;
  /** The payment or refund as the provider named it. */
  readonly reference: string;
  readonly paymentId: string | null;
  /** What it said. */
  readonly details: unknown;
}

/** Records an incident for a person to look at, once however often it is said. */
export async function recordIncident(sql: Queryable, incident: Incident): Promise<void> {
  await sql.query(
    `insert into payment_incident (id, provider, kind, reference, payment_id, details, created_at)
     values ($1, $2, $3, $4, $5, $6, foyer_now())
     on conflict (provider, kind, reference) do nothing`,
    [
      newId(),
      incident.provider,
      incident.kind,
      incident.reference.slice(0, 200),
      incident.paymentId,
      JSON.stringify(removeSecrets(incident.details)),
    ],
  );
}
