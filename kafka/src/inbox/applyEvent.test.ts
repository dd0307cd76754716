import { createPool, pgTransaction, type SqlTransaction } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import type { Pool } from 'pg';
import { counted, createApplied, readApplied, recordCounted } from '../testing/counted.js';
import { applyEvent, type StoreTransaction } from './applyEvent.js';

describe('applyEvent', () => {
  let database: TestDatabase;
  let pool: Pool;
  let transaction: StoreTransaction<SqlTransaction>;

  beforeEach(async () => {
    database = await createTestDatabase('notifications');
    pool = createPool(database.url, { max: 16, applicationName: 'test' });
    transaction = (work) => pgTransaction(pool, (sql) => work(sql, sql));
    await createApplied(pool);
  });

  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  test('applies an event once, however many handle it at the same moment', async () => {
    const event = counted('a', 1);
    await Promise.all(
      Array.from({ length: 40 }, () => applyEvent(event, [recordCounted()], 'group', transaction)),
    );
    expect(await readApplied(pool, 'a')).toEqual([1]);
  });

  test('without an inbox it would be applied every time', async () => {
    const event = counted('a', 1);
    const handler = recordCounted();
    await Promise.all(
      Array.from({ length: 40 }, () => transaction((client, sql) => handler.handle(event, { client, sql }))),
    );
    expect(await readApplied(pool, 'a')).toHaveLength(40);
  });

  test('runs a transaction again that the database gave up for another', async () => {
    let tries = 0;
    const handler = recordCounted({
      then: () => {
        tries += 1;
        if (tries < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      },
    });
    await applyEvent(counted('a', 1), [handler], 'group', transaction);
    expect(await readApplied(pool, 'a')).toEqual([1]);
    tries = -10;
    await expect(applyEvent(counted('a', 2), [handler], 'group', transaction)).rejects.toThrow(
      'deadlock detected',
    );
  });

  test('what one handler has done stays done when the next one fails', async () => {
    const failing = recordCounted({
      name: 'failing',
      then: () => {
        throw new Error('no');
      },
    });
    const event = counted('a', 1);
    await expect(applyEvent(event, [recordCounted(), failing], 'group', transaction)).rejects.toThrow('no');
    expect(await readApplied(pool, 'a')).toEqual([1]);
    await applyEvent(event, [recordCounted(), recordCounted({ name: 'failing' })], 'group', transaction);
    expect(await readApplied(pool, 'a')).toEqual([1, 1]);
  });
});
