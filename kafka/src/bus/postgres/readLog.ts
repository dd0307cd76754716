import type { Pool } from 'pg';
import type { BusMessage } from '../eventBus.js';

/** From where to read a partition. */
export interface ReadFrom {
  readonly partitionId: number;
  readonly position: number;
}

interface LogRow {
  readonly partitionId: number;
  readonly offset: number;
  readonly key: string;
  readonly value: unknown;
}

/** The next messages of several partitions, at most `limit` of each, in one statement; by partition id. */
export async function readLog(
  pool: Pool,
  from: readonly ReadFrom[],
  limit: number,
): Promise<ReadonlyMap<number, readonly BusMessage[]>> {
  const { rows } = await pool.query<LogRow>({
    name: 'bus-read',
    text: `select partition_id as "partitionId", position::float8 as "offset", key, event as "value"
             from bus.read($1::int[], $2::bigint[], $3)`,
    values: [from.map(({ partitionId }) => partitionId), from.map(({ position }) => position), limit],
  });
  const messages = new Map<number, BusMessage[]>();
  for (const { partitionId, offset, key, value } of rows) {
    const ofPartition = messages.get(partitionId) ?? [];
    ofPartition.push({ offset, key, value });
    messages.set(partitionId, ofPartition);
  }
  return messages;
}
