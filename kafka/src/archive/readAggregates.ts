import type { Pool } from 'pg';
import { ARCHIVED_EVENT, type AggregateKey, type ArchivedEvent } from './archivedEvent.js';

/** An aggregate, and the version up to which its events are known. */
export interface KnownAggregate extends AggregateKey {
  readonly version: number;
}

/** What an owner keeps of these aggregates beyond the versions that are known, in their order. */
export async function readAggregates(
  pool: Pool,
  aggregates: readonly KnownAggregate[],
  types: readonly string[],
): Promise<readonly ArchivedEvent[]> {
  if (aggregates.length === 0) return [];
  const { rows } = await pool.query<ArchivedEvent>(
    `select ${ARCHIVED_EVENT}
     from unnest($1::text[], $2::text[], $3::bigint[]) as known (aggregate_type, aggregate_id, version)
     join messaging.every_event e on e.aggregate_type = known.aggregate_type
       and e.aggregate_id = known.aggregate_id and e.aggregate_version > known.version
     where e.type = any ($4::text[])
     order by e.aggregate_type, e.aggregate_id, e.aggregate_version`,
    [
      aggregates.map(({ aggregateType }) => aggregateType),
      aggregates.map(({ aggregateId }) => aggregateId),
      aggregates.map(({ version }) => version),
      types,
    ],
  );
  return rows;
}
