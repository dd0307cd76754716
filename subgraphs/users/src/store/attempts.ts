import { createHash } from 'node:crypto';
import type { SqlTransaction } from '@foyer/platform';
import { countFailure, lockedUntil, type FailureCount, type LockRule } from '../domain/countFailure.js';
import type { UsersDatabase } from './openUsersDatabase.js';

/** What is locked by failures, hashed: whoever reads the table learns no address of anybody. */
export function attemptKey(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** An attempt that is counted as failed until it succeeds. */
export interface BegunAttempt {
  /** The count before it. */
  readonly previous: FailureCount | null;
  /** Whether its failure locks. */
  readonly locks: boolean;
}

/**
 * Counts an attempt before it is made, so that attempts at the same time, or ones that die half-way, are no way round
 * the lock.
 * @returns the instant until which attempts are locked, or the attempt.
 */
export async function beginAttempt(
  database: UsersDatabase,
  key: string,
  now: Date,
  rule: LockRule,
): Promise<BegunAttempt | { readonly lockedUntil: Date }> {
  return database.transaction(async (client, sql) => {
    // There may be no row to lock yet.
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
    const previous = await client.attempt.findUnique({ where: { key } });
    const until = lockedUntil(previous, now);
    if (until) return { lockedUntil: until };
    const count = countFailure(previous, now, rule);
    await client.attempt.upsert({ where: { key }, create: { key, ...count }, update: count });
    return { previous, locks: count.lockedUntil !== null };
  });
}

/** Takes an attempt back that was not judged. */
export async function withdrawAttempt(
  database: UsersDatabase,
  key: string,
  { previous }: BegunAttempt,
): Promise<void> {
  if (previous) {
    const { failures, lastAt, lockedUntil: until } = previous;
    await database.client.attempt.update({ where: { key }, data: { failures, lastAt, lockedUntil: until } });
  } else {
    await database.client.attempt.deleteMany({ where: { key } });
  }
}

/** Has a lock count from now, when its last attempt has been judged. */
export async function confirmLock(
  sql: Pick<SqlTransaction, 'query'>,
  key: string,
  until: Date,
): Promise<void> {
  await sql.query('update attempt set locked_until = $2 where key = $1 and locked_until is not null', [
    key,
    until,
  ]);
}

/** Forgets failures, after a success. */
export async function forgetAttempts(sql: Pick<SqlTransaction, 'query'>, key: string): Promise<void> {
  await sql.query('delete from attempt where key = $1', [key]);
}
