import type { Pool } from 'pg';
import type { CloudEvent } from '../../event/cloudEvent.js';

/** An event and where it goes. */
export interface Placed {
  readonly partitionId: number;
  readonly event: CloudEvent;
}

/** Up to where a partition is filled: the offset that its next event will get. */
export interface PartitionEnd {
  readonly partitionId: number;
  readonly end: number;
}

/** The ends of the partitions that have grown; the statement is one transaction of its own. */
export async function appendToLog(pool: Pool, placed: readonly Placed[]): Promise<readonly PartitionEnd[]> {
  const { rows } = await pool.query<PartitionEnd>({
    name: 'bus-append',
    text: `select partition_id as "partitionId", next_position::float8 as "end"
           from bus.append($1::int[], $2::text[], $3::text[], $4::text[])`,
    values: [
      placed.map(({ partitionId }) => partitionId),
      placed.map(({ event }) => event.id),
      placed.map(({ event }) => event.subject),
      placed.map(({ event }) => JSON.stringify(event)),
    ],
  });
  return rows;
}
