import type { UsersDatabase } from './openUsersDatabase.js';

const DAY = 86_400_000;

/** Sessions stay for a while after their end, so that support can answer questions. */
const SESSIONS_KEPT = 30 * DAY;

/** Removes what has no use any more: old sessions, refresh and mail tokens past their end, forgotten failures. */
export async function removeExpired({ pool }: UsersDatabase, now: Date, lockMs: number): Promise<void> {
  const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
  await pool.query('delete from session where least(expires_at, ended_at) < $1', [before(SESSIONS_KEPT)]);
  await pool.query('delete from refresh_token where expires_at < $1', [now]);
  await pool.query('delete from mail_token where expires_at < $1', [before(DAY)]);
  await pool.query('delete from attempt where last_at < $1', [before(Math.max(DAY, lockMs))]);
}
