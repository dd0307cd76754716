import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { countFailure, lockedUntil } from '../domain/countFailure.js';
import { attemptKey, beginAttempt, withdrawAttempt } from './attempts.js';
import { openUsersDatabase, type UsersDatabase } from './openUsersDatabase.js';

const RULE = { failures: 5, lockMs: 900_000, rememberMs: 900_000, growsToMs: null };
const NOW = new Date('2026-05-01T10:00:00Z');

describe('beginAttempt', () => {
  let test: TestDatabase;
  let database: UsersDatabase;

  beforeEach(async () => {
    test = await createTestDatabase('users');
    database = openUsersDatabase(test.url, 16);
  });

  afterEach(async () => {
    await database.close();
    await test.drop();
  });

  /** Forty attempts, all begun before any is judged. @returns how many would be judged. */
  async function judged(begin: (key: string) => Promise<boolean>): Promise<number> {
    const begun = await Promise.all(Array.from({ length: 40 }, () => begin('lan')));
    return begun.filter(Boolean).length;
  }

  it('lets five of forty parallel attempts be judged', async () => {
    const key = attemptKey('address', 'lan@example.com', '203.0.113.5');
    expect(await judged(async () => !('lockedUntil' in (await beginAttempt(database, key, NOW, RULE))))).toBe(
      5,
    );
  });

  it('has a reason: looking first and counting after the judgement lets more be judged', async () => {
    const control = async (key: string): Promise<boolean> => {
      if (lockedUntil(await database.client.attempt.findUnique({ where: { key } }), NOW)) return false;
      await new Promise(setImmediate); // the password is judged here
      const count = countFailure(await database.client.attempt.findUnique({ where: { key } }), NOW, RULE);
      await database.client.attempt.upsert({ where: { key }, create: { key, ...count }, update: count });
      return true;
    };
    expect(await judged(() => control(attemptKey('control')))).toBeGreaterThan(5);
  });

  it('keeps the failures that other processes count while an attempt is taken back', async () => {
    const key = attemptKey('address', 'lan@example.com', '203.0.113.6');
    const begin = async () => {
      const attempt = await beginAttempt(database, key, NOW, RULE);
      if ('lockedUntil' in attempt) throw new Error('locked too early');
      return attempt;
    };
    const failures = async () =>
      (await database.client.attempt.findUnique({ where: { key } }))?.failures ?? 0;
    await withdrawAttempt(database, key, await begin());
    expect(await failures()).toBe(0);
    const first = await begin();
    for (let failure = 0; failure < 3; failure += 1) await begin();
    await withdrawAttempt(database, key, first);
    expect(await failures()).toBe(3);
    await begin();
    const locking = await begin();
    expect(locking.locks).toBe(true);
    await withdrawAttempt(database, key, locking);
    expect(await failures()).toBe(4);
    expect((await begin()).locks).toBe(true);
  });
});
