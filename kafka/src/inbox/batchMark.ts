import type { Pool } from 'pg';
import type { Topic } from '../event/topics.js';
import { PROCESS_ID } from './processId.js';

/** A partition, as a group reads it. */
export interface GroupPartition {
  readonly group: string;
  readonly topic: Topic;
  readonly partition: number;
}

/** What a process has, or had, in hand of a partition. */
export interface BatchMark {
  readonly first: number;
  readonly last: number;
  /** It was one event, and the process handled nothing else at the time. */
  readonly alone: boolean;
  /** How many processes in a row had ended in it before. */
  readonly deaths: number;
}

/** What is known when a batch begins. */
export interface BatchStart {
  /** The mark of a process that has not finished these events: it ended, or lost the partition, in them. */
  readonly unfinished: BatchMark | null;
  /** Aggregates whose events have to be parked behind another; see `aggregateKey`. */
  readonly parked: Set<string>;
}

/** Names an aggregate in the set of those that are parked. */
export function aggregateKey(type: string, id: string): string {
  return `${type} ${id}`;
}

interface BeginRow {
  readonly first: number | null;
  readonly last: number;
  readonly alone: boolean;
  readonly deaths: number;
  readonly parked: readonly string[];
}

/**
 * Marks a batch as being in hand, unless another process's mark is found on it; tells which of its aggregates
 * are parked. One statement.
 */
export async function beginBatch(
  pool: Pool,
  { group, topic, partition }: GroupPartition,
  first: number,
  last: number,
  aggregateIds: readonly string[],
): Promise<BatchStart> {
  const values = [group, topic, partition, first, last, PROCESS_ID, aggregateIds];
  const { rows } = await pool.query<BeginRow>({ name: 'begin-batch', text: BEGIN, values });
  const [row] = rows;
  const parked = new Set(row?.parked);
  if (row === undefined || row.first === null) return { unfinished: null, parked };
  return { unfinished: { first: row.first, last: row.last, alone: row.alone, deaths: row.deaths }, parked };
}

/** Marks what this process has in hand, whatever the mark was. */
export async function markInHand(
  pool: Pool,
  { group, topic, partition }: GroupPartition,
  { first, last, alone, deaths }: BatchMark,
): Promise<void> {
  await pool.query(MARK, [group, topic, partition, first, last, PROCESS_ID, alone, deaths]);
}

/** Removes this process's marks: it ends, and not because of an event. */
export async function clearMarks(pool: Pool, group: string): Promise<void> {
  await pool.query('delete from messaging.batch_in_hand where consumer_group = $1 and holder = $2', [
    group,
    PROCESS_ID,
  ]);
}

/** A mark has to outlive this process and not a power cut, so nothing waits for the disk. */
const WITHOUT_WAITING = "(select set_config('synchronous_commit', 'off', true)) as setting";

const BEGIN = `
  with unfinished as (
    select first_offset::float8 as first, last_offset::float8 as last, alone, deaths
    from messaging.batch_in_hand
    where consumer_group = $1 and topic = $2 and partition = $3 and holder <> $6::uuid and last_offset >= $4::bigint
  ), mark as (
    insert into messaging.batch_in_hand as b
      (consumer_group, topic, partition, first_offset, last_offset, holder, alone, deaths)
    select $1, $2, $3, $4::bigint, $5::bigint, $6::uuid, false, 0 from ${WITHOUT_WAITING}
    on conflict (consumer_group, topic, partition)
    do update set first_offset = excluded.first_offset, last_offset = excluded.last_offset,
                  holder = excluded.holder, alone = false, deaths = 0
    where b.holder = excluded.holder or b.last_offset < excluded.first_offset
  )
  select u.*, array(
    select distinct aggregate_type || ' ' || aggregate_id from messaging.parked_event
    where consumer_group = $1 and aggregate_id = any ($7::text[])
  ) as parked
  from (select) as one left join unfinished u on true`;

const MARK = `
  insert into messaging.batch_in_hand
    (consumer_group, topic, partition, first_offset, last_offset, holder, alone, deaths)
  select $1, $2, $3, $4::bigint, $5::bigint, $6::uuid, $7::boolean, $8::int from ${WITHOUT_WAITING}
  on conflict (consumer_group, topic, partition)
  do update set first_offset = excluded.first_offset, last_offset = excluded.last_offset,
                holder = excluded.holder, alone = excluded.alone, deaths = excluded.deaths`;
