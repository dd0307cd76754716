import type { ArchivedEvent } from '../archive/archivedEvent.js';
import { readAggregates, type KnownAggregate } from '../archive/readAggregates.js';
import type { Queryable } from '../copies/queryable.js';
import { PROGRESS } from './besideTables.js';
import { archiveLacks } from './rebuildError.js';
import type { Source } from './sources.js';

export interface CatchUpOptions {
  readonly sources: readonly Source[];
  /** The handlers' name. */
  readonly handler: string;
  /** Where the new tables are. */
  readonly schema: string;
  readonly acceptGaps: boolean;
}

/**
 * Fetches and applies what the live handlers have applied and the new tables lack: events that came after the archive
 * was read past their aggregates.
 *
 * @param sql asks the projection's database.
 * @returns how many events it were.
 * @throws RebuildError when an archive does not have them, unless that is accepted.
 */
export async function catchUp(
  sql: Queryable,
  apply: (events: readonly ArchivedEvent[]) => Promise<void>,
  { sources, handler, schema, acceptGaps }: CatchUpOptions,
): Promise<number> {
  let applied = 0;
  for (const { owner, pool, types, aggregateTypes } of sources) {
    const lagging = await findLagging(sql, schema, handler, aggregateTypes);
    const events = await readAggregates(pool, lagging, types);
    const found = new Set(events.map(({ aggregateId }) => aggregateId));
    const lost = lagging.filter(({ aggregateId }) => !found.has(aggregateId));
    if (lost[0] !== undefined && !acceptGaps) throw archiveLacks(owner, lost[0].aggregateId, lost.length);
    if (events.length > 0) await apply(events);
    applied += events.length;
  }
  return applied;
}

async function findLagging(
  sql: Queryable,
  schema: string,
  handler: string,
  aggregateTypes: readonly string[],
): Promise<readonly KnownAggregate[]> {
  return await sql.query<KnownAggregate>(
    `select live.aggregate_type as "aggregateType", live.aggregate_id as "aggregateId",
            coalesce(rebuilt.version, 0)::float8 as version
     from messaging.applied_version live
     left join ${schema}.${PROGRESS} rebuilt using (aggregate_type, aggregate_id)
     where live.handler = $1 and live.aggregate_type = any ($2::text[])
       and live.version > coalesce(rebuilt.version, 0)`,
    [handler, aggregateTypes],
  );
}
