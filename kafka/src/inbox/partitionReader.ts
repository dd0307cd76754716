import type { Pool } from 'pg';
import type { Topic } from '../event/topics.js';
import { PROCESS_ID } from './processId.js';

/** A partition, as a group reads it. */
export interface GroupPartition {
  readonly group: string;
  readonly topic: Topic;
  readonly partition: number;
}

/** What another process has left that read a partition before and did not end cleanly. */
export interface LeftBehind {
  /** The event that it was handling alone; null when it was handling several. */
  readonly suspectOffset: number | null;
  /** How many processes in a row had ended in that event before it. */
  readonly deaths: number;
}

/**
 * Notes that this process reads a partition, unless another process has left something behind: then that is
 * given, and stays until `markSuspect` or `noteReader`.
 *
 * @returns null when the last reader has ended cleanly, or was this process.
 */
export async function takePartition(
  pool: Pool,
  { group, topic, partition }: GroupPartition,
): Promise<LeftBehind | null> {
  const { rows } = await pool.query<LeftBehind>(
    `with before as (
       select suspect_offset::float8 as "suspectOffset", deaths from messaging.partition_reader
       where consumer_group = $1 and topic = $2 and partition = $3 and holder <> $4::uuid
     ), taken as (
       insert into messaging.partition_reader (consumer_group, topic, partition, holder) values ($1, $2, $3, $4::uuid)
       on conflict do nothing
     )
     select * from before`,
    [group, topic, partition, PROCESS_ID],
  );
  return rows[0] ?? null;
}

/** Notes that this process is about to handle an event alone in which so many processes have ended. */
export async function markSuspect(
  pool: Pool,
  { group, topic, partition }: GroupPartition,
  offset: number | null,
  deaths: number,
): Promise<void> {
  await pool.query(
    `update messaging.partition_reader set holder = $4::uuid, suspect_offset = $5::bigint, deaths = $6::int
     where consumer_group = $1 and topic = $2 and partition = $3`,
    [group, topic, partition, PROCESS_ID, offset, deaths],
  );
}

/** Notes that this process reads a partition and suspects nothing. */
export async function noteReader(pool: Pool, place: GroupPartition): Promise<void> {
  await markSuspect(pool, place, null, 0);
}

/** Leaves nothing behind: this process ends, and not because of an event. */
export async function leavePartitions(pool: Pool, group: string): Promise<void> {
  await pool.query('delete from messaging.partition_reader where consumer_group = $1 and holder = $2::uuid', [
    group,
    PROCESS_ID,
  ]);
}
