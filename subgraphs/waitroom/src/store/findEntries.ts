import type { Queryable } from '@foyer/kafka';
import type { Entry } from '../domain/entry.js';
import { ENTRY_COLUMNS, entryOf, type EntryRow } from './rows.js';

/** @returns null when there is no such entry. */
export async function findEntry(sql: Queryable, id: string): Promise<Entry | null> {
  const [row] = await sql.query<EntryRow>(`select ${ENTRY_COLUMNS} from entry where id = $1`, [id]);
  return row ? entryOf(row) : null;
}

/** A person's newest place in a line, also when it is over. @returns null when there never was one. */
export async function findEntryOf(sql: Queryable, eventId: string, userId: string): Promise<Entry | null> {
  const [row] = await sql.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from entry where event_id = $1 and user_id = $2 order by seq desc limit 1`,
    [eventId, userId],
  );
  return row ? entryOf(row) : null;
}

/** Ids of those who took part in a draw, in ascending order, behind `after`. */
export async function findDrawnIds(
  sql: Queryable,
  eventId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from entry where event_id = $1 and early and ($2::uuid is null or id > $2) order by id limit $3`,
    [eventId, after, limit],
  );
  return rows.map(({ id }) => id);
}
