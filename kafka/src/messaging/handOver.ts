import type { Pool } from 'pg';
import { OUTBOX_RETENTION } from '../event/topicRetention.js';

const CHUNK = 5000;

/**
 * Marks old events as published where something else than the relay publishes them, from the log of the database, and
 * tells nobody: only then can they leave the outbox. Until then they are there for a relay that is switched on again.
 *
 * @param age of what is marked, in milliseconds
 * What the bus had refused is forgotten: a relay that is switched on again tries it anew.
 *
 * @returns how many were marked.
 */
export async function handOver(pool: Pool, age: number = OUTBOX_RETENTION): Promise<number> {
  let marked = 0;
  for (let count = CHUNK; count === CHUNK; marked += count) {
    const { rowCount } = await pool.query(
      `update messaging.outbox set published_at = clock_timestamp()
       where id = any (array(
         select id from messaging.outbox
         where published_at is null and created_at < clock_timestamp() - $1::float8 * interval '1 millisecond'
         order by position limit ${CHUNK}))`,
      [age],
    );
    count = rowCount ?? 0;
  }
  await pool.query('delete from messaging.refused_event');
  return marked;
}
