import { pgTransaction, storableText } from '@foyer/platform';
import type { Pool } from 'pg';
import type { Outbox } from '../outbox/createOutbox.js';
import { DEAD_EVENT, writeDeadLetter, type DeadEvent } from './writeDeadLetter.js';

const BURY = `
  update messaging.parked_event
  set state = 'DEAD', reason = $2, attempts = $3::int, holder = null, alone = false, deaths = 0
  where id = $1::bigint
  returning ${DEAD_EVENT}`;

/** Makes a parked event dead, and writes its dead letter. */
export async function buryEvent(
  pool: Pool,
  outbox: Outbox,
  id: string,
  reason: string,
  attempts: number,
): Promise<void> {
  await pgTransaction(pool, async (sql) => {
    const [dead] = await sql.query<DeadEvent>(BURY, [id, storableText(reason), attempts]);
    if (dead !== undefined) await writeDeadLetter(sql, outbox, dead);
  });
}
