import type { Pool } from 'pg';

/** An event on its way into a partition. */
export interface LogEntry {
  readonly partitionId: number;
  readonly eventId: string;
  readonly key: string;
  /** JSON. */
  readonly text: string;
}

/** Where the new events of a partition are. */
export interface Appended {
  readonly partitionId: number;
  readonly first: number;
  /** The position after the last one. */
  readonly end: number;
}

/**
 * Appends events in one transaction, each to the end of its partition; those that the log holds already are left
 * out. @returns the partitions that have grown.
 */
export async function appendToLog(pool: Pool, entries: readonly LogEntry[]): Promise<readonly Appended[]> {
  const { rows } = await pool.query<Appended>({
    name: 'bus-append',
    text: `select partition_id as "partitionId", first_position::float8 as "first", next_position::float8 as "end"
           from bus.append($1::int[], $2::text[], $3::text[], $4::text[])`,
    values: [
      entries.map(({ partitionId }) => partitionId),
      entries.map(({ eventId }) => eventId),
      entries.map(({ key }) => key),
      entries.map(({ text }) => text),
    ],
  });
  return rows;
}
