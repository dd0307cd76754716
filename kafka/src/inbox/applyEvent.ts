import type { SqlTransaction } from '@foyer/platform';
import type { CloudEvent } from '../event/cloudEvent.js';
import { causedBy, withCausation } from '../outbox/causation.js';
import type { EventHandler } from './defineHandler.js';

/** The store's transaction function: commits when `work` resolves, rolls back and rejects when it rejects. */
export type StoreTransaction<Client> = <Result>(
  work: (client: Client, sql: SqlTransaction) => Promise<Result>,
) => Promise<Result>;

/** `behind`: an earlier event of the aggregate is parked, and this one has not been handled. */
export type Outcome = 'handled' | 'behind';

const TRIES_OF_A_TRANSACTION = 3;

/**
 * Has an event handled by each of its handlers, each in a transaction of its own that also marks it as handled.
 * A handler that has handled it before, or has applied a later version of its aggregate, is not called.
 *
 * @param group whose parked events it may have to wait behind; null when it is the parked one.
 * @throws what a handler or the database throws; handlers before it have handled the event, and it has not.
 */
export async function applyEvent<Client>(
  event: CloudEvent,
  handlers: readonly EventHandler<Client>[],
  group: string | null,
  transaction: StoreTransaction<Client>,
): Promise<Outcome> {
  for (const handler of handlers) {
    const verdict = await retryConflicts(() =>
      transaction(async (client, sql) => {
        const entered = await enter(sql, handler, event, group);
        if (entered === 'HANDLE') {
          await withCausation(causedBy(event), () => handler.handle(event, { client, sql }));
        }
        return entered;
      }),
    );
    if (verdict === 'PARKED') return 'behind';
  }
  return 'handled';
}

type Verdict = 'HANDLE' | 'SEEN' | 'PARKED';

async function enter(
  sql: SqlTransaction,
  { name, order }: EventHandler<never>,
  { id, aggregatetype, subject, aggregateversion }: CloudEvent,
  group: string | null,
): Promise<Verdict> {
  const [row] = await sql.query<{ verdict: Verdict }>(
    'select messaging.enter_handler($1, $2, $3, $4, $5, $6) as verdict',
    [name, id, group, aggregatetype, subject, order === 'any' ? null : aggregateversion],
  );
  return row?.verdict ?? 'SEEN';
}

/** A deadlock or a serialization failure says nothing about the event: the transaction is run again. */
async function retryConflicts<Result>(run: () => Promise<Result>): Promise<Result> {
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
