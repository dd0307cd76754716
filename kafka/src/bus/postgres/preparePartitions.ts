import { ConfigurationError } from '@foyer/platform';
import type { Pool } from 'pg';
import { topics, type Topic } from '../../event/topics.js';

/** A partition of the log. */
export interface Partition {
  /** Its id in the database. */
  readonly id: number;
  readonly topic: Topic;
  /** Its number within the topic, from 0. */
  readonly partition: number;
}

/**
 * Creates the partitions that are missing and gives all of them in order of their ids. Any number of
 * processes may do so at once.
 *
 * @throws ConfigurationError when a topic has another number of partitions than configured: growing it
 * silently would move keys to other partitions and lose their order.
 */
export async function preparePartitions(pool: Pool, count: number): Promise<readonly Partition[]> {
  await pool.query(
    `insert into bus.topic_partition (topic, partition)
     select topic, partition from unnest($1::text[]) as topic, generate_series(0, $2::int - 1) as partition
     where not exists (select from bus.topic_partition p where p.topic = topic.topic)
     order by topic, partition
     on conflict do nothing`,
    [topics, count],
  );
  const { rows } = await pool.query<Partition>(
    'select id, topic, partition from bus.topic_partition order by id',
  );
  for (const topic of topics) {
    const found = rows.filter((row) => row.topic === topic).length;
    if (found !== count) {
      throw new ConfigurationError(
        `BUS_PARTITIONS=${count}: topic ${topic} has ${found} partitions. ` +
          'The number can only be chosen when the log is created.',
      );
    }
  }
  return rows.filter(({ topic }) => topics.includes(topic));
}
