import type { SqlTransaction } from '@foyer/platform';
import { INBOX_RETENTION } from '../event/topicRetention.js';
import { PROGRESS } from './besideTables.js';
import type { Projection } from './projection.js';

/** How long others may have to wait behind our waiting for them, before we let them pass and try again. */
const LOCK_TIMEOUT = 2000;

/**
 * Holds up the live handlers until the end of the transaction. First the table in which every handler notes its
 * version, then the projection's: in the order in which handlers take them, and no handler is between the two.
 */
export async function lockProjection(sql: SqlTransaction, projection: Projection): Promise<void> {
  await sql.query(`set local lock_timeout = ${LOCK_TIMEOUT}`);
  await sql.query('lock table messaging.applied_version in share row exclusive mode');
  for (const table of projection.tables) {
    await sql.query(`lock table ${projection.schema}.${table} in access exclusive mode`);
  }
}

/**
 * Puts the new tables in the place of the old ones, and notes for the live handlers what is in them already: an event
 * that the archive had before the bus brought it is not applied a second time.
 */
export async function swapTables(sql: SqlTransaction, projection: Projection, schema: string): Promise<void> {
  await sql.query(
    `insert into messaging.applied_version as live (handler, aggregate_type, aggregate_id, version)
     select $1, aggregate_type, aggregate_id, version from ${schema}.${PROGRESS} rebuilt
     where at > clock_timestamp() - $2::float8 * interval '1 millisecond'
       and not exists (
         select from messaging.applied_version a
         where a.handler = $1 and a.aggregate_type = rebuilt.aggregate_type
           and a.aggregate_id = rebuilt.aggregate_id and a.version >= rebuilt.version
       )
     on conflict (handler, aggregate_type, aggregate_id)
     do update set version = excluded.version, applied_at = clock_timestamp()`,
    // What is older than that can't be delivered any more.
    [projection.name, INBOX_RETENTION],
  );
  for (const table of projection.tables) {
    await sql.query(`drop table ${projection.schema}.${table}`);
    await sql.query(`alter table ${schema}.${table} set schema ${projection.schema}`);
  }
  await sql.query(`drop schema ${schema} cascade`);
}
