import type { Pool } from 'pg';

/** What an owner's archive lacks. */
export interface ArchiveGaps {
  /** How many aggregates lack at least one of their events. */
  readonly aggregates: number;
  /** One of them, for the message. */
  readonly example: string;
}

/**
 * Looks for events that were published before there was an archive: versions have no gaps, so what is missing shows.
 * It shows for every aggregate whose versions the outbox counts; of those whose owner counts them himself
 * (`appendCounted`), for those that have at least one event left.
 *
 * @returns null when nothing is missing.
 */
export async function findArchiveGaps(
  pool: Pool,
  aggregateTypes: readonly string[],
): Promise<ArchiveGaps | null> {
  const { rows } = await pool.query<ArchiveGaps>(
    `select count(*)::int as aggregates, min(aggregate_type || ' ' || aggregate_id) as example
     from (
       select aggregate_type, aggregate_id, count(*) as events, max(aggregate_version) as last
       from messaging.every_event where aggregate_type = any ($1::text[])
       group by aggregate_type, aggregate_id
     ) kept
     full join (select * from messaging.aggregate where aggregate_type = any ($1::text[])) given_out
       using (aggregate_type, aggregate_id)
     where kept.events is distinct from greatest(kept.last, given_out.version)
     having count(*) > 0`,
    [aggregateTypes],
  );
  return rows[0] ?? null;
}
