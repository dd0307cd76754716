import type { Outbox, OutboxEvent } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import type { Book } from '../domain/book.js';
import { bookChanges, type BookChanges } from '../domain/bookChanges.js';
import type { Rules } from '../domain/rules.js';
import { holdEvents, offerEvents } from './bookEvents.js';
import { lockOffers } from './lockOffers.js';
import { readBook, type BookScope } from './readBook.js';
import { writeBook } from './writeBook.js';

/** What every change of counters needs. */
export interface BookPorts {
  readonly outbox: Outbox;
  readonly rules: Rules;
  /** Told of listings whose availability has changed, after the commit. */
  readonly onChanged: (listingId: string) => void;
}

/** What was decided, and what others are to be told of offers. */
export interface Decided<Result> {
  readonly result: Result;
  readonly events: readonly OutboxEvent[];
}

/**
 * Reads, decides, writes and tells of holds, under locks that the caller has taken (`lockOffers`). The events of offers
 * are left to him: they are appended once in a transaction, at its end (`Outbox.appendAll`).
 * @param decide changes the book in memory; what it throws must undo the transaction.
 */
export async function decideBook<Result>(
  sql: SqlTransaction,
  { outbox, rules, onChanged }: BookPorts,
  scope: BookScope,
  decide: (book: Book) => Result,
): Promise<Decided<Result>> {
  const book = await readBook(sql, scope);
  const result = decide(book);
  const changes = bookChanges(book, rules);
  if (isWorthWriting(changes)) await writeBook(sql, book, changes);
  await outbox.appendCounted(sql, book.now, holdEvents(book));
  sql.afterCommit(() => {
    for (const { id } of changes.listings) onChanged(id);
  });
  return { result, events: offerEvents(changes) };
}

/** Changes what is scarce: lock, read, decide, write, tell. The transaction is the caller's. */
export async function changeBook<Result>(
  sql: SqlTransaction,
  ports: BookPorts,
  scope: BookScope,
  decide: (book: Book) => Result,
): Promise<Result> {
  await lockOffers(sql, scope.listingIds);
  const { result, events } = await decideBook(sql, ports, scope, decide);
  await ports.outbox.appendAll(sql, events);
  return result;
}

function isWorthWriting(changes: BookChanges): boolean {
  return Object.values(changes).some((part: readonly unknown[]) => part.length > 0);
}
