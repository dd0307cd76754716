import type { Queryable } from '@foyer/kafka';
import { newId } from '@foyer/platform';
import type { SandboxEvent } from '../webhook/sandboxEvent.js';

/** Writes a webhook down, to be delivered until it is acknowledged. Its text never changes. */
export async function enqueueWebhook(sql: Queryable, event: Omit<SandboxEvent, 'id'>): Promise<void> {
  const id = newId();
  await sql.query(`insert into sandbox_webhook (id, body, next_attempt_at) values ($1, $2, foyer_now())`, [
    id,
    JSON.stringify({ id, ...event }),
  ]);
}
