import type { Pool } from 'pg';
import { TOPIC_RETENTION } from '../../event/topicRetention.js';
import type { Topic } from '../../event/topics.js';

const CHUNK = 5000;

/**
 * Deletes what has outlived its topic's retention, judged by the database's clock. Any process may do it at
 * any time.
 *
 * @returns how many events were deleted.
 */
export async function trimLog(
  pool: Pool,
  retention: Readonly<Record<Topic, number>> = TOPIC_RETENTION,
): Promise<number> {
  let deleted = 0;
  for (const [topic, milliseconds] of Object.entries(retention)) {
    const { rows } = await pool.query<{ id: number; before: number }>(
      `select id, bus.position_at(id, clock_timestamp() - $2::float8 * interval '1 millisecond')::float8 as before
       from bus.topic_partition where topic = $1`,
      [topic, milliseconds],
    );
    for (const { id, before } of rows) {
      for (let count = CHUNK; count === CHUNK; deleted += count) {
        const { rowCount } = await pool.query(
          `delete from bus.log where partition_id = $1 and position in (
             select position from bus.log where partition_id = $1 and position < $2 order by position limit ${CHUNK})`,
          [id, before],
        );
        count = rowCount ?? 0;
      }
    }
  }
  return deleted;
}
