import type { Outbox, OutboxEvent } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import type { Book } from '../domain/book.js';
import { bookChanges } from '../domain/bookChanges.js';
import type { Rules } from '../domain/rules.js';
import { holdEvents, offerEvents } from './bookEvents.js';
import { clearTables } from './clearTables.js';
import type { RestaurantCache } from './createRestaurantCache.js';
import { lockOffers } from './lockOffers.js';
import { readBook, type BookScope } from './readBook.js';
import { waitlistEvents } from './waitlistEvents.js';
import { writeBook } from './writeBook.js';
import { writeTables } from './writeTables.js';

/** What every change of counters needs. */
export interface BookPorts {
  readonly outbox: Outbox;
  readonly rules: Rules;
  readonly restaurants: RestaurantCache;
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
  { outbox, rules, restaurants, onChanged }: BookPorts,
  scope: BookScope,
  decide: (book: Book) => Result,
): Promise<Decided<Result>> {
  const book = await readBook(sql, scope, restaurants);
  const result = decide(book);
  const { tables, ...changes } = bookChanges(book, rules);
  await clearTables(sql, tables, changes.relinedHolds);
  if (isWorthWriting(changes)) await writeBook(sql, book, changes);
  if (isWorthWriting(tables)) await writeTables(sql, book.now, tables);
  await outbox.appendCounted(sql, book.now, [...holdEvents(book), ...waitlistEvents(book)]);
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

function isWorthWriting(changes: object): boolean {
  return Object.values(changes).some((part: readonly unknown[]) => part.length > 0);
}
