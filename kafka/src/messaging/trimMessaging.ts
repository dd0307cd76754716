import type { Pool } from 'pg';
import { INBOX_RETENTION, OUTBOX_RETENTION } from '../event/topicRetention.js';

/** How long messaging rows are kept, in milliseconds. */
export interface MessagingRetention {
  /** Of published events, after their publication. */
  readonly outbox: number;
  /** Of what was handled: longer than any topic keeps an event. */
  readonly inbox: number;
}

const CHUNK = 5000;

const OLD_ENOUGH = "clock_timestamp() - $1::float8 * interval '1 millisecond'";

/** What belongs to a parked event is kept as long as the event: it may be handled again in months. */
const OLD_ROWS: readonly {
  readonly table: string;
  readonly old: string;
  readonly kept: keyof MessagingRetention;
}[] = [
  { table: 'outbox', kept: 'outbox', old: `t.published_at < ${OLD_ENOUGH}` },
  {
    table: 'inbox',
    kept: 'inbox',
    old: `t.handled_at < ${OLD_ENOUGH}
          and not exists (select from messaging.parked_event p where p.event_id = t.event_id)`,
  },
  {
    table: 'applied_version',
    kept: 'inbox',
    old: `t.applied_at < ${OLD_ENOUGH}
          and not exists (
            select from messaging.parked_event p
            where p.aggregate_type = t.aggregate_type and p.aggregate_id = t.aggregate_id
          )`,
  },
];

/**
 * Deletes what is published and what can't be delivered again, judged by the database's clock.
 *
 * @returns how many rows were deleted.
 */
export async function trimMessaging(
  pool: Pool,
  retention: MessagingRetention = { outbox: OUTBOX_RETENTION, inbox: INBOX_RETENTION },
): Promise<number> {
  let deleted = 0;
  for (const { table, old, kept } of OLD_ROWS) {
    for (let count = CHUNK; count === CHUNK; deleted += count) {
      const { rowCount } = await pool.query(
        `delete from messaging.${table}
         where ctid = any (array(select t.ctid from messaging.${table} t where ${old} limit ${CHUNK}))`,
        [retention[kept]],
      );
      count = rowCount ?? 0;
    }
  }
  return deleted;
}
