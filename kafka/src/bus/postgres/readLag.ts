import type { Pool } from 'pg';
import type { Topic } from '../../event/topics.js';
import type { PartitionLag } from '../eventBus.js';

/** How far a group is behind in each partition of some topics. */
export async function readLag(
  pool: Pool,
  group: string,
  topics: readonly Topic[],
): Promise<readonly PartitionLag[]> {
  const { rows } = await pool.query<PartitionLag>(
    `select p.topic, p.partition, (p.next_position - coalesce(c.next_position, 0))::float8 as behind
     from bus.topic_partition p
     left join bus.committed_position c
       on c.partition_id = p.id and c.group_id = (select id from bus.consumer_group where name = $1)
     where p.topic = any ($2::text[])
     order by p.id`,
    [group, topics],
  );
  return rows;
}
