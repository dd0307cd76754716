import type { Pool } from 'pg';

import { createPool } from './pool.js';
import { pgTransaction, type SqlTransaction } from './transaction.js';

let pool: Pool;

beforeAll(async () => {
  pool = createPool(process.env['FOYER_TEST_POSTGRES_URL'] as string, { max: 4, applicationName: 'test' });
  await pool.query('CREATE TABLE transaction_test (id int PRIMARY KEY)');
});

afterAll(async () => {
  await pool.query('DROP TABLE transaction_test');
  await pool.end();
});

const insert = (id: number) => (transaction: SqlTransaction) =>
  transaction.query('INSERT INTO transaction_test VALUES ($1) RETURNING id', [id]);

async function exists(id: number): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM transaction_test WHERE id = $1', [id]);
  return rowCount === 1;
}

test('commits, gives the result, then runs the actions in order', async () => {
  const seen: string[] = [];
  const rows = await pgTransaction(pool, async (transaction) => {
    transaction.afterCommit(() => seen.push('first'));
    transaction.afterCommit(() => seen.push('second'));
    return await insert(1)(transaction);
  });
  expect(rows).toEqual([{ id: 1 }]);
  expect(seen).toEqual(['first', 'second']);
  expect(await exists(1)).toBe(true);
});

test('rolls back when the work rejects, and runs no action', async () => {
  const action = jest.fn();
  const work = pgTransaction(pool, async (transaction) => {
    transaction.afterCommit(action);
    await insert(2)(transaction);
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(action).not.toHaveBeenCalled();
  expect(await exists(2)).toBe(false);
});

test('rejects with the SQLSTATE and constraint of a failed statement', async () => {
  await pgTransaction(pool, insert(3));
  await expect(pgTransaction(pool, insert(3))).rejects.toMatchObject({
    code: '23505',
    constraint: 'transaction_test_pkey',
  });
});

test('rejects when the error of a statement was swallowed: nothing was committed', async () => {
  const action = jest.fn();
  const work = pgTransaction(pool, async (transaction) => {
    transaction.afterCommit(action);
    await insert(4)(transaction);
    await insert(4)(transaction).catch(() => undefined);
  });
  await expect(work).rejects.toThrow(/rolled back/);
  expect(action).not.toHaveBeenCalled();
  expect(await exists(4)).toBe(false);
});

test('refuses what is sent after its end', async () => {
  let outlived!: SqlTransaction;
  await pgTransaction(pool, (transaction) => {
    outlived = transaction;
    return Promise.resolve();
  });
  await expect(insert(5)(outlived)).rejects.toThrow(/already ended/);
  expect(await exists(5)).toBe(false);
});

test('an action that fails is a warning, and the others run', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const action = jest.fn();
  await pgTransaction(pool, async (transaction) => {
    transaction.afterCommit(() => {
      throw new Error('broken action');
    });
    transaction.afterCommit(action);
    await insert(6)(transaction);
  });
  expect(action).toHaveBeenCalledTimes(1);
  expect(warned).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken action' }));
  warned.mockRestore();
});

test('survives the loss of its connection, which does not return to the pool', async () => {
  const lost = pgTransaction(pool, async (transaction) => {
    const [row] = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await pool.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    await insert(7)(transaction);
  });
  await expect(lost).rejects.toThrow();
  expect(await exists(7)).toBe(false);
});
