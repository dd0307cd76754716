import type { SqlTransaction } from '@foyer/platform';
import type { ArchivedEvent } from '../archive/archivedEvent.js';
import type { EventHandler } from '../inbox/defineHandler.js';
import { groupHandlers } from '../inbox/groupHandlers.js';
import { judgeMessage } from '../inbox/judgeMessage.js';
import { knownEvents } from '../inbox/knownEvents.js';
import { PROGRESS } from './besideTables.js';
import { RebuildError } from './rebuildError.js';

/** Applies archived events to the new tables. */
export type ApplyArchived = (sql: SqlTransaction, events: readonly ArchivedEvent[]) => Promise<void>;

/**
 * What applies archived events, in the given order, by handlers that write to the schema of the new tables; and notes
 * how far each aggregate has come. Nothing but the handlers runs: no inbox, no outbox, no wake-up.
 *
 * @param skipped ids of events that are passed over.
 * @returns a function that throws RebuildError when an event can't be handled, or a handler wrote elsewhere.
 */
export function createApplyArchived(
  handlers: readonly EventHandler<unknown>[],
  schema: string,
  skipped: ReadonlySet<string>,
): ApplyArchived {
  const known = knownEvents(handlers);
  const handlersOf = groupHandlers(handlers);

  async function applyOne(sql: SqlTransaction, { event, aggregateId }: ArchivedEvent): Promise<void> {
    if (skipped.has(event.id)) return;
    const judgement = judgeMessage({ offset: 0, key: aggregateId, value: event }, known);
    if (judgement.kind === 'refuse') throw new RebuildError(describe(event, judgement.reason));
    for (const handler of handlersOf.get(event.dataschema) ?? []) {
      try {
        await handler.handle(event, { client: null, sql });
      } catch (error) {
        throw new RebuildError(describe(event, String(error)), { cause: error });
      }
    }
  }

  return async (sql, events) => {
    for (const archived of events) await applyOne(sql, archived);
    await noteProgress(sql, schema, events);
    await refuseOtherWrites(sql, schema);
  };
}

function describe({ id, type, subject }: ArchivedEvent['event'], reason: string): string {
  return `${type} ${id} of ${subject} can not be applied: ${reason}\nTo rebuild without it: --skip ${id}`;
}

async function noteProgress(
  sql: SqlTransaction,
  schema: string,
  events: readonly ArchivedEvent[],
): Promise<void> {
  await sql.query(
    `insert into ${schema}.${PROGRESS} as known (aggregate_type, aggregate_id, version, at)
     select distinct on (t, i) t, i, v, at
     from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[]) as e (t, i, v, at) order by t, i, v desc
     on conflict (aggregate_type, aggregate_id)
     do update set version = excluded.version, at = excluded.at where known.version < excluded.version`,
    [
      events.map(({ aggregateType }) => aggregateType),
      events.map(({ aggregateId }) => aggregateId),
      events.map(({ version }) => version),
      events.map(({ event }) => event.time),
    ],
  );
}

/** A projection that does more than fill its tables would do it again for every event that ever was. */
async function refuseOtherWrites(sql: SqlTransaction, schema: string): Promise<void> {
  const elsewhere = await sql.query<{ name: string }>(
    `select schemaname || '.' || relname as name from pg_stat_xact_user_tables
     where n_tup_ins + n_tup_upd + n_tup_del > 0 and schemaname <> $1`,
    [schema],
  );
  if (elsewhere.length === 0) return;
  throw new RebuildError(
    `The handlers write to ${elsewhere.map(({ name }) => name).join(', ')}: a projection writes to its own tables alone.`,
  );
}
