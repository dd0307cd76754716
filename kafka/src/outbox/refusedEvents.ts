import { storableText, type PgConnection } from '@foyer/platform';
import type { Pool } from 'pg';
import { wakeMessaging } from '../messaging/messagingChannel.js';

/** An event that the bus does not take, with what it holds up. */
export interface RefusedEvent {
  readonly eventId: string;
  readonly topic: string;
  readonly type: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  /** What the bus said the last time. */
  readonly reason: string;
  readonly attempts: number;
  readonly refusedAt: Date;
  /** Later events of its aggregate that wait behind it. */
  readonly behind: number;
}

/** Notes that the bus did not take an event: it and what follows of its aggregate rest, longer each time, an hour at most. */
export async function noteRefused(
  connection: Pick<PgConnection, 'query'>,
  eventId: string,
  reason: string,
): Promise<void> {
  await connection.query(
    `insert into messaging.refused_event as r (event_id, aggregate_type, aggregate_id, reason, next_attempt_at)
     select id, aggregate_type, aggregate_id, $2, clock_timestamp() + interval '1 minute'
     from messaging.outbox where id = $1::uuid
     on conflict (event_id) do update
     set reason = excluded.reason, attempts = r.attempts + 1, refused_at = clock_timestamp(),
         next_attempt_at = clock_timestamp() + least(2 ^ least(r.attempts, 10), 60) * interval '1 minute'`,
    [eventId, storableText(reason)],
  );
}

/** The events that a subgraph could not publish, oldest first; a hundred at most. */
export async function listRefused(pool: Pool): Promise<readonly RefusedEvent[]> {
  const { rows } = await pool.query<RefusedEvent>(
    `select o.id as "eventId", o.topic, o.type, o.aggregate_type as "aggregateType", o.aggregate_id as "aggregateId",
            o.aggregate_version::float8 as "aggregateVersion", r.reason, r.attempts, r.refused_at as "refusedAt",
            (select count(*)::int from messaging.outbox l
             where l.aggregate_type = o.aggregate_type and l.aggregate_id = o.aggregate_id
               and l.aggregate_version > o.aggregate_version and l.published_at is null) as behind
     from messaging.refused_event r join messaging.outbox o on o.id = r.event_id
     where o.published_at is null
     order by o.position limit 100`,
  );
  return rows;
}

/** Has refused events published at once, those behind them in their order. @returns how many were refused. */
export async function retryRefused(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    'update messaging.refused_event set next_attempt_at = clock_timestamp()',
  );
  await wakeMessaging(pool);
  return rowCount ?? 0;
}
