import type { Pool } from 'pg';
import { wakeMessaging } from '../messaging/messagingChannel.js';

/** An event that a subgraph could not handle, or that waits behind such a one. */
export interface ParkedEvent {
  /** Its number among the parked events of the database. */
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  /** Where it stands in the topic; null for what an earlier version of the consumer parked. */
  readonly partition: number | null;
  readonly offset: number | null;
  readonly type: string;
  readonly eventId: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  /** `DEAD` waits for an operator, `WAITING` for its next try or for those before it. */
  readonly state: 'DEAD' | 'WAITING';
  /** Why it failed the last time; null when it has not been tried. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly parkedAt: Date;
  /** Later events of its aggregate that wait behind it. */
  readonly behind: number;
}

/** A parked event with what it says. */
export interface ParkedEventDetail extends ParkedEvent {
  /** The envelope as it came from the bus. */
  readonly event: unknown;
}

/** What to list. */
export interface DeadLetterFilter {
  /** Default `DEAD`. */
  readonly state?: 'DEAD' | 'WAITING';
  /** Default 100. */
  readonly limit?: number;
}

const PARKED = `
  p.id::text as id, p.consumer_group as "group", p.topic, p.partition, p.log_offset::float8 as "offset", p.type, p.event_id as "eventId",
  p.aggregate_type as "aggregateType", p.aggregate_id as "aggregateId",
  p.aggregate_version::float8 as "aggregateVersion", p.state, p.reason, p.attempts, p.parked_at as "parkedAt",
  (select count(*)::int from messaging.parked_event e
   where e.consumer_group = p.consumer_group and e.aggregate_type = p.aggregate_type
     and e.aggregate_id = p.aggregate_id and (e.aggregate_version, e.id) > (p.aggregate_version, p.id)) as behind`;

/** The parked events of a subgraph's database, oldest first. */
export async function listDeadLetters(
  pool: Pool,
  { state = 'DEAD', limit = 100 }: DeadLetterFilter = {},
): Promise<readonly ParkedEvent[]> {
  const { rows } = await pool.query<ParkedEvent>(
    `select ${PARKED} from messaging.parked_event p where p.state = $1 order by p.id limit $2`,
    [state, limit],
  );
  return rows;
}

/** One parked event; null when there is none with this id (any more). */
export async function showDeadLetter(pool: Pool, id: string): Promise<ParkedEventDetail | null> {
  const { rows } = await pool.query<ParkedEventDetail>(
    `select ${PARKED}, p.event from messaging.parked_event p where p.id = $1::bigint`,
    [id],
  );
  return rows[0] ?? null;
}

/**
 * Has dead events tried again, as if they had never failed; those behind them follow in their order.
 *
 * @param id null for all dead events of the database.
 * @returns how many dead events will be tried; 0 when there is none with this id.
 */
export async function replayDeadLetters(pool: Pool, id: string | null): Promise<number> {
  const { rowCount } = await pool.query(
    `update messaging.parked_event
     set state = 'WAITING', attempts = 0, deaths = 0, next_attempt_at = clock_timestamp()
     where state = 'DEAD' and ($1::bigint is null or id = $1::bigint)`,
    [id],
  );
  await wakeMessaging(pool);
  return rowCount ?? 0;
}

/**
 * Gives a dead event up for good; those behind it go on without it.
 *
 * @returns what was given up; null when there is no dead event with this id.
 */
export async function discardDeadLetter(pool: Pool, id: string): Promise<ParkedEventDetail | null> {
  const { rows } = await pool.query<ParkedEventDetail>(
    `delete from messaging.parked_event p where p.id = $1::bigint and p.state = 'DEAD' returning ${PARKED}, p.event`,
    [id],
  );
  await wakeMessaging(pool);
  return rows[0] ?? null;
}
