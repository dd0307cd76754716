import { newId, notFound, type Refused, type SqlTransaction } from '@foyer/platform';
import type { Entry } from '../domain/entry.js';
import { isDrawDue } from '../domain/isDue.js';
import { joinRefusal } from '../domain/joinRefusal.js';
import { drawLine } from './drawLine.js';
import { lockEntries } from './lockEntries.js';
import { lockQueue } from './lockQueue.js';
import { ENTRY_COLUMNS, entryOf, type EntryRow } from './rows.js';

/** A wish to stand in a line. */
export interface JoinRequest {
  readonly userId: string;
  readonly staysForReturns: boolean;
}

/** How long before its sale a line opens. */
export interface JoinOptions {
  readonly opensBeforeMs: number;
}

/**
 * Gives a group of people their places in one line, in the order given: one lock, one decision, one commit. Whoever has
 * a live place keeps it.
 * @returns for each request its place or why there is none; where a person asks twice, the same place twice.
 */
export async function joinGroup(
  sql: SqlTransaction,
  eventId: string,
  requests: readonly JoinRequest[],
  { opensBeforeMs }: JoinOptions,
): Promise<readonly (Entry | Refused)[]> {
  const queue = await lockQueue(sql, eventId);
  if (!queue) return requests.map(() => notFound('waiting room for an event', eventId));
  const { state, now } = queue;
  if (isDrawDue(state, now)) {
    await drawLine(sql, queue);
    await queue.flush(sql);
  }
  const refusals = {
    leaves: joinRefusal(state, now, opensBeforeMs, false),
    stays: joinRefusal(state, now, opensBeforeMs, true),
  };
  const refusalOf = ({ staysForReturns }: JoinRequest) =>
    staysForReturns ? refusals.stays : refusals.leaves;
  const welcome = requests.filter((request) => !refusalOf(request));
  if (welcome.length > 0) {
    const [row] = await sql.query<{ joined: number }>(
      'select join_group($1, $2, $3, $4, $5, $6, $7, $8) as joined',
      [
        eventId,
        queue.state.lastSeq + 1,
        now,
        queue.state.drawnSeq === null,
        state.seed,
        welcome.map(() => newId()),
        welcome.map(({ userId }) => userId),
        welcome.map(({ staysForReturns }) => staysForReturns),
      ],
    );
    queue.noteJoined(row?.joined ?? 0);
  }
  const entries = await livePlaces(sql, eventId, requests);
  await queue.flush(sql);
  return requests.map(
    (request) => entries.get(request.userId) ?? refusalOf(request) ?? notFound('place', eventId),
  );
}

/** The live places of those who ask; who wants to stay for returns now does. */
async function livePlaces(
  sql: SqlTransaction,
  eventId: string,
  requests: readonly JoinRequest[],
): Promise<ReadonlyMap<string, Entry>> {
  const rows = await sql.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from entry
     where event_id = $1 and user_id = any ($2::uuid[]) and status in ('QUEUED', 'ADMITTED')`,
    [eventId, requests.map(({ userId }) => userId)],
  );
  const entries = new Map(rows.map((row) => [row.user_id, entryOf(row)]));
  const staying = requests
    .filter(({ userId, staysForReturns }) => staysForReturns && entries.get(userId)?.stayForReturns === false)
    .flatMap(({ userId }) => entries.get(userId) ?? []);
  if (staying.length > 0) {
    const ids = staying.map(({ id }) => id);
    await lockEntries(sql, ids);
    await sql.query('update entry set stay_for_returns = true where id = any ($1::uuid[])', [ids]);
    for (const entry of staying) entries.set(entry.userId, { ...entry, stayForReturns: true });
  }
  return entries;
}
