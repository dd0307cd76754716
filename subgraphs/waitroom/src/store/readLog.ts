import type { Queryable } from '@foyer/kafka';
import type { PersonalLogRow } from '../domain/checkWaitroomLog.js';
import type { LogRow } from '../domain/logRow.js';
import { logRowOf, type LogTableRow } from './rows.js';

/** How far somebody has read a queue's log. */
export interface LogPosition {
  readonly eventId: string;
  /** Number of the last row read; 0 for none. */
  readonly seq: number;
}

/** The most rows of one queue that one call gives. */
export const LOG_PAGE = 5000;

/**
 * The next rows of several logs, up to `LOG_PAGE` of each. Remembering a number is sound here: numbers are given out
 * under the queue's lock, which is kept until the commit, so none appears behind one that was seen.
 */
export async function readLogs(
  sql: Queryable,
  positions: readonly LogPosition[],
): Promise<ReadonlyMap<string, readonly LogRow[]>> {
  const rows = await sql.query<LogTableRow>(
    `select l.event_id, l.seq, l.kind, l.entry_id, l.entry_seq, l.place, l.detail, l.at
     from unnest($1::uuid[], $2::bigint[]) as p (event_id, seq)
     cross join lateral (
       select * from queue_log l where l.event_id = p.event_id and l.seq > p.seq order by l.seq limit $3
     ) l`,
    [positions.map(({ eventId }) => eventId), positions.map(({ seq }) => seq), LOG_PAGE],
  );
  const logs = new Map<string, LogRow[]>();
  for (const row of rows) {
    const log = logs.get(row.event_id) ?? [];
    log.push(logRowOf(row));
    logs.set(row.event_id, log);
  }
  return logs;
}

/** The numbers of those who took part in a queue's draw, in the drawn order. */
export async function readDrawnOrder(sql: Queryable, eventId: string): Promise<readonly number[]> {
  const rows = await sql.query<{ seq: bigint }>(
    'select seq from entry where event_id = $1 and early order by order_key',
    [eventId],
  );
  return rows.map(({ seq }) => Number(seq));
}

/** A queue's whole log with the people it is about, for `checkWaitroomLog`. */
export async function readPersonalLog(sql: Queryable, eventId: string): Promise<readonly PersonalLogRow[]> {
  const rows = await sql.query<LogTableRow & { readonly user_id: string | null }>(
    `select l.*, e.user_id from queue_log l left join entry e on e.id = l.entry_id
     where l.event_id = $1 order by l.seq`,
    [eventId],
  );
  return rows.map((row) => ({ ...logRowOf(row), userId: row.user_id }));
}
