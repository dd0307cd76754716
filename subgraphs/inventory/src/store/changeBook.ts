import type { Outbox, OutboxEvent } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import type { Book } from '../domain/book.js';
import { bookChanges } from '../domain/bookChanges.js';
import type { Rules } from '../domain/rules.js';
import { bookEvents } from './bookEvents.js';
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

/**
 * The one way to change what is scarce: lock, read, decide, write, tell. The transaction is the caller's.
 * @param decide changes the book in memory; what it throws undoes everything.
 */
export async function changeBook<Result>(
  sql: SqlTransaction,
  { outbox, rules, onChanged }: BookPorts,
  scope: BookScope,
  decide: (book: Book) => Result,
): Promise<Result> {
  await lockOffers(sql, scope.listingIds);
  const book = await readBook(sql, scope);
  const result = decide(book);
  const changes = bookChanges(book, rules);
  const events: readonly OutboxEvent[] = bookEvents(book, changes);
  if (isWorthWriting(changes)) await writeBook(sql, book, changes);
  await outbox.appendAll(sql, events);
  sql.afterCommit(() => {
    for (const { id } of changes.listings) onChanged(id);
  });
  return result;
}

function isWorthWriting(changes: object): boolean {
  return Object.values(changes).some((part: readonly unknown[]) => part.length > 0);
}
