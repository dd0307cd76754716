import type { Pool } from 'pg';
import type { Topic } from '../../event/topics.js';
import type { PartitionLag } from '../eventBus.js';

/**
 * How far a group has read each partition of some topics. The end of the log is read before the clock, so
 * that nothing can be appended in between and count as read.
 */
export async function readLag(
  pool: Pool,
  group: string,
  topics: readonly Topic[],
): Promise<readonly PartitionLag[]> {
  const { rows } = await pool.query<PartitionLag>(
    `select p.topic, p.partition,
            greatest(0, p.next_position - coalesce(c.next_position, 0))::float8 as behind,
            coalesce(
              (select l.appended_at from bus.log l
               where l.partition_id = p.id and l.position >= coalesce(c.next_position, 0)
               order by l.position limit 1),
              statement_timestamp()
            ) as "readThrough"
     from bus.topic_partition p
     left join bus.committed_position c
       on c.partition_id = p.id
       and c.group_id = (select id from bus.consumer_group where name = $1)
     where p.topic = any ($2::text[])
     order by p.id`,
    [group, topics],
  );
  return rows;
}
