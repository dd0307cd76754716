import type { Pool } from 'pg';
import { ARCHIVED_EVENT, type ArchivedEvent } from './archivedEvent.js';

/** What of an owner's events is wanted. */
export interface ArchiveFilter {
  readonly aggregateTypes: readonly string[];
  /** Types of events. */
  readonly types: readonly string[];
}

const BATCH = 500;

/**
 * All events of an owner, published or about to be, in the order of their versions per aggregate, one aggregate after
 * the other, in batches. What is appended meanwhile to an aggregate that was passed already is not among them.
 *
 * Each batch begins after the key of the last event: events that move from outbox to archive between two batches keep
 * their key, so that none is left out and none comes twice.
 *
 * @param pool connections to the owner's database.
 */
export async function* readArchive(
  pool: Pool,
  { aggregateTypes, types }: ArchiveFilter,
): AsyncGenerator<readonly ArchivedEvent[], void> {
  for (const aggregateType of [...aggregateTypes].sort()) {
    let after: readonly [string, number] = ['', 0];
    for (;;) {
      const { rows } = await pool.query<ArchivedEvent>(
        `select ${ARCHIVED_EVENT} from messaging.every_event e
         where e.aggregate_type = $1 and (e.aggregate_id, e.aggregate_version) > ($2, $3::bigint)
           and e.type = any ($4::text[])
         order by e.aggregate_id, e.aggregate_version limit ${BATCH}`,
        [aggregateType, ...after, types],
      );
      const last = rows.at(-1);
      if (last === undefined) break;
      yield rows;
      // The end, as of this statement: an aggregate that grows as fast as it is read is not chased for ever.
      if (rows.length < BATCH) break;
      after = [last.aggregateId, last.version];
    }
  }
}
