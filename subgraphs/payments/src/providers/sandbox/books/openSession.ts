import type { Queryable } from '@foyer/kafka';
import { randomUUID } from 'node:crypto';
import type { ProviderPaymentRequest } from '../../paymentProvider.js';
import { findSession } from './findSession.js';
import type { SandboxSession } from './session.js';

/** Opens a session; the same reference again gives the one that is there, as it is. */
export async function openSession(sql: Queryable, request: ProviderPaymentRequest): Promise<SandboxSession> {
  const { paymentId, amount, description, expiresAt } = request;
  await sql.query(
    `insert into sandbox_session (id, reference, amount, currency, description, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, foyer_now()) on conflict (reference) do nothing`,
    [randomUUID(), paymentId, amount.amount, amount.currency, description, expiresAt],
  );
  return (await findSession(sql, 'reference', paymentId)) as SandboxSession;
}
