import type { SqlTransaction } from '@foyer/platform';
import type { CloudEvent } from '../event/cloudEvent.js';
import { causedBy, withCausation } from '../outbox/causation.js';
import type { EventHandler } from './defineHandler.js';

/** The store's transaction function: commits when `work` resolves, rolls back and rejects when it rejects. */
export type StoreTransaction<Client> = <Result>(
  work: (client: Client, sql: SqlTransaction) => Promise<Result>,
) => Promise<Result>;

const TRIES_OF_A_TRANSACTION = 3;

/**
 * Has an event handled by each of its handlers, each in a transaction of its own that also marks it as handled.
 * A handler that has handled it before, or has applied a later version of its aggregate, is not called.
 *
 * @throws what a handler or the database throws; handlers before it have handled the event, and it has not.
 */
export async function applyEvent<Client>(
  event: CloudEvent,
  handlers: readonly EventHandler<Client>[],
  transaction: StoreTransaction<Client>,
): Promise<void> {
  for (const handler of handlers) {
    await retryConflicts(() =>
      transaction(async (client, sql) => {
        if (await enter(sql, handler, event)) {
          await withCausation(causedBy(event), () => handler.handle(event, { client, sql }));
        }
      }),
    );
  }
}

/** Notes that the handler handles the event. @returns false when it already has, or has applied a later version. */
async function enter(sql: SqlTransaction, handler: EventHandler<never>, event: CloudEvent): Promise<boolean> {
  const [row] = await sql.query<{ applies: boolean }>(handler.order === 'any' ? ENTER_ANY : ENTER_NEWEST, [
    handler.name,
    event.id,
    ...(handler.order === 'any' ? [] : [event.aggregatetype, event.subject, event.aggregateversion]),
  ]);
  return row?.applies === true;
}

/** Another process that handles the same event at this moment is waited for by the unique key. */
const ENTER_ANY = `
  with fresh as (
    insert into messaging.inbox (handler, event_id) values ($1, $2) on conflict do nothing returning 1
  )
  select exists (select from fresh) as applies`;

const ENTER_NEWEST = `
  with fresh as (
    insert into messaging.inbox (handler, event_id) values ($1, $2) on conflict do nothing returning 1
  ), newer as (
    insert into messaging.applied_version as a (handler, aggregate_type, aggregate_id, version)
    select $1, $3, $4, $5::bigint from fresh
    on conflict (handler, aggregate_type, aggregate_id)
    do update set version = excluded.version, applied_at = clock_timestamp()
    where a.version < excluded.version
    returning 1
  )
  select exists (select from newer) as applies`;

/** A deadlock or a serialization failure says nothing about the event: the transaction is run again. */
async function retryConflicts(run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === TRIES_OF_A_TRANSACTION || !isConflict(error)) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  // 40001 and 40P01 of Postgres; P2034 is Prisma's name for both.
  return code === '40001' || code === '40P01' || code === 'P2034';
}
