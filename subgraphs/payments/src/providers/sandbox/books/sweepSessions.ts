import type { SqlTransaction } from '@foyer/platform';
import { endSession } from './endSession.js';

/** Closes sessions whose time is over. They could not be paid any more already; this tells the merchant. */
export async function sweepSessions(sql: SqlTransaction): Promise<number> {
  const due = await sql.query<{ id: string }>(
    `select id from sandbox_session where status = 'OPEN' and expires_at <= foyer_now()
     order by expires_at limit 100 for update skip locked`,
  );
  for (const { id } of due) await endSession(sql, id, 'TIMED_OUT');
  return due.length;
}
