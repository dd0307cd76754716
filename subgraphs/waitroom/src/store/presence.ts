import type { Queryable } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import { lockEntries } from './lockEntries.js';

/** What a process has seen of people since it last wrote. */
export interface PresenceNews {
  readonly processId: string;
  /** Entries that have a live connection here now, of those that changed. */
  readonly attached: readonly string[];
  /** Entries that have none here any more. */
  readonly detached: readonly string[];
  /** Entries that were heard in another way. */
  readonly seen: readonly string[];
  /** Events of which somebody has come or was heard, after those of `lostEvents` that are the same. */
  readonly heardEvents: readonly string[];
  /** Events most of whose connections broke at once. */
  readonly lostEvents: readonly string[];
}

/** Writes what a process has seen. @throws when the process is not registered (any more). */
export async function savePresence(sql: SqlTransaction, news: PresenceNews): Promise<void> {
  const { processId, attached, detached, seen, heardEvents, lostEvents } = news;
  await sql.query(
    'insert into attachment (entry_id, process_id) select id, $2 from unnest($1::uuid[]) as a (id) on conflict do nothing',
    [attached, processId],
  );
  await sql.query('delete from attachment where entry_id = any ($1::uuid[]) and process_id = $2', [
    detached,
    processId,
  ]);
  await lockEntries(sql, [...attached, ...detached, ...seen]);
  // Statements of their own: they see the connections that others have written before the lock was granted.
  await sql.query(
    'update entry set connected = true, last_seen_at = foyer_now() where id = any ($1::uuid[])',
    [attached],
  );
  await noteGone(sql, detached);
  await sql.query('update entry set last_seen_at = foyer_now() where id = any ($1::uuid[])', [seen]);
  await sql.query('update hearing set unheard_at = foyer_now() where event_id = any ($1::uuid[])', [
    lostEvents,
  ]);
  await sql.query(
    `update hearing set heard_since = foyer_now(), unheard_at = null
     where event_id = any ($1::uuid[]) and unheard_at is not null`,
    [heardEvents],
  );
}

/** Of these entries, whose locks are held, those without any connection left were last heard now. */
async function noteGone(sql: SqlTransaction, ids: readonly string[]): Promise<void> {
  await sql.query(
    `update entry set connected = false, last_seen_at = foyer_now()
     where id = any ($1::uuid[]) and connected and not exists (select from attachment a where a.entry_id = entry.id)`,
    [ids],
  );
}

// Outages of processes are measured by the server's own clock; foyer_now() is what people are judged by.
const SILENCE = `interval '10 seconds'`;

/**
 * Says that a process lives. When no process has said so for a while, nobody could be heard: everybody's absence counts
 * anew from now.
 * @returns false when the process is not registered: it was taken for dead, and must register again.
 */
export async function beat(sql: SqlTransaction, processId: string): Promise<boolean> {
  await endSilence(sql);
  const rows = await sql.query('update process set beat_at = clock_timestamp() where id = $1 returning id', [
    processId,
  ]);
  return rows.length === 1;
}

/** Registers a process that begins to serve. */
export async function registerProcess(sql: SqlTransaction, processId: string): Promise<void> {
  await endSilence(sql);
  await sql.query('insert into process (id, beat_at) values ($1, clock_timestamp())', [processId]);
}

async function endSilence(sql: SqlTransaction): Promise<void> {
  await sql.query(
    `update hearing set heard_since = foyer_now(), unheard_at = null
     where not exists (select from process where beat_at > clock_timestamp() - ${SILENCE})`,
  );
}

/** Processes that have not said for a while that they live. */
export async function findDeadProcesses(sql: Queryable): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from process where beat_at < clock_timestamp() - ${SILENCE}`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Removes up to `limit` connections of a dead process, whose people were last heard now, and at last the process.
 * @returns whether it is done.
 */
export async function buryProcess(sql: SqlTransaction, processId: string, limit: number): Promise<boolean> {
  const [dead] = await sql.query(
    `select from process where id = $1 and beat_at < clock_timestamp() - ${SILENCE} for update`,
    [processId],
  );
  if (!dead) return true;
  const removed = await sql.query<{ entry_id: string }>(
    `delete from attachment where process_id = $1
     and entry_id in (select entry_id from attachment where process_id = $1 limit $2) returning entry_id`,
    [processId, limit],
  );
  const ids = removed.map(({ entry_id }) => entry_id);
  await lockEntries(sql, ids);
  await noteGone(sql, ids);
  if (ids.length === limit) return false;
  await sql.query('delete from process where id = $1', [processId]);
  return true;
}

/** Ends a process that stops in an orderly way, its connections included. */
export async function unregisterProcess(sql: SqlTransaction, processId: string): Promise<void> {
  await sql.query(`update process set beat_at = 'epoch' where id = $1`, [processId]);
}
