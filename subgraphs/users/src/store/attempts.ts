import { createHash } from 'node:crypto';
import { networkOf, type SqlTransaction } from '@foyer/platform';
import { countFailure, lockedUntil, type LockRule } from '../domain/countFailure.js';
import type { UsersDatabase } from './openUsersDatabase.js';

/** What is locked by failures, hashed: whoever reads the table learns no address of anybody. */
export function attemptKey(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** The lock of an account for a network: of IPv6 a subscriber has a whole /64. */
export function networkKey(email: string, address: string): string {
  return attemptKey('address', email, networkOf(address));
}

/** An attempt that is counted as failed until it succeeds. */
export interface BegunAttempt {
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
    return { locks: count.lockedUntil !== null };
  });
}

/**
 * Takes an attempt back that was not judged. Others may have been counted meanwhile, by this process or another: theirs
 * stand.
 */
export async function withdrawAttempt(
  database: UsersDatabase,
  key: string,
  { locks }: BegunAttempt,
): Promise<void> {
  await database.transaction(async (_, sql) => {
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
    await sql.query('delete from attempt where key = $1 and failures = 1', [key]);
    await sql.query(
      `update attempt set failures = failures - 1, locked_until = case when $2 then null else locked_until end
       where key = $1`,
      [key, locks],
    );
  });
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
