import type { Pool } from 'pg';
import type { Topic } from '../../event/topics.js';
import type { PartitionLag } from '../eventBus.js';

/** How far a group has read each partition of some topics; see `bus.lag` in the migrations. */
export async function readLag(
  pool: Pool,
  group: string,
  topics: readonly Topic[],
): Promise<readonly PartitionLag[]> {
  const { rows } = await pool.query<PartitionLag>(
    `select topic, partition, behind::float8 as behind, read_through as "readThrough"
     from bus.lag($1, $2::text[])`,
    [group, topics],
  );
  return rows;
}
