import type { SqlTransaction } from '@foyer/platform';

import { PrismaClient } from './generated/users/client.js';
import { type Database, openDatabase } from './openDatabase.js';
import { createTestDatabase, type TestDatabase } from './testing/createTestDatabase.js';

let testDatabase: TestDatabase;
let database: Database<PrismaClient>;

beforeAll(async () => {
  testDatabase = await createTestDatabase('users');
  database = openDatabase({
    url: testDatabase.url,
    max: 4,
    applicationName: 'test',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  await database.pool.query('CREATE TABLE open_test (id bigint PRIMARY KEY, value jsonb, at timestamptz)');
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const insert = (sql: SqlTransaction, id: bigint) => sql.query('INSERT INTO open_test (id) VALUES ($1)', [id]);

async function count(): Promise<bigint | undefined> {
  const { rows } = await database.pool.query<{ count: bigint }>('SELECT count(*) FROM open_test');
  return rows[0]?.count;
}

beforeEach(() => database.pool.query('DELETE FROM open_test'));

test('Prisma and SQL share the transaction: same connection, each sees what the other wrote', async () => {
  const pid = 'SELECT pg_backend_pid() AS pid, (SELECT count(*) FROM open_test) AS count';
  await database.transaction(async (client, sql) => {
    await insert(sql, 1n);
    const seenByPrisma = await client.$queryRawUnsafe(pid);
    await client.$executeRaw`INSERT INTO open_test (id) VALUES (2)`;
    const seenBySql = await sql.query(pid);
    expect(seenByPrisma).toEqual([{ pid: expect.any(Number), count: 1n }]);
    expect(seenBySql).toEqual([{ ...(seenByPrisma as object[])[0], count: 2n }]);
  });
  expect(await count()).toBe(2n);
});

test('gives the result, then runs the actions once', async () => {
  const action = jest.fn();
  const result = await database.transaction(async (_client, sql) => {
    sql.afterCommit(action);
    await insert(sql, 1n);
    expect(action).not.toHaveBeenCalled();
    return 'done';
  });
  expect(result).toBe('done');
  expect(action).toHaveBeenCalledTimes(1);
});

test('rolls both back when the work rejects, and runs no action', async () => {
  const action = jest.fn();
  const work = database.transaction(async (client, sql) => {
    sql.afterCommit(action);
    await insert(sql, 1n);
    await client.$executeRaw`INSERT INTO open_test (id) VALUES (2)`;
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await count()).toBe(0n);
  expect(action).not.toHaveBeenCalled();
});

test('values and errors of SQL are those of the driver', async () => {
  const at = new Date('2026-01-31T12:00:00.123Z');
  await database.transaction(async (_client, sql) => {
    await sql.query('INSERT INTO open_test VALUES ($1, $2, $3)', [9007199254740993n, { a: [1, null] }, at]);
    expect(await sql.query('SELECT * FROM open_test WHERE id = ANY($1)', [[9007199254740993n]])).toEqual([
      { id: 9007199254740993n, value: { a: [1, null] }, at },
    ]);
  });
  const again = database.transaction((_client, sql) => insert(sql, 9007199254740993n));
  await expect(again).rejects.toMatchObject({ code: '23505', constraint: 'open_test_pkey' });
});

test('a swallowed error of a statement is an error of the transaction', async () => {
  const work = database.transaction(async (_client, sql) => {
    await insert(sql, 1n);
    await insert(sql, 1n).catch(() => undefined);
  });
  await expect(work).rejects.toThrow(/rolled back/);
  expect(await count()).toBe(0n);
});

test('work that goes on after the time-out is refused; it neither commits nor writes outside', async () => {
  let outlived!: SqlTransaction;
  const work = database.transaction(
    async (_client, sql) => {
      outlived = sql;
      await insert(sql, 1n);
      await sql.query('SELECT pg_sleep(0.3)');
    },
    { timeoutMs: 50 },
  );
  await expect(work).rejects.toThrow(/timeout/i);
  await expect(insert(outlived, 2n)).rejects.toThrow(/already ended/);
  expect(await count()).toBe(0n);
});

test('takes the isolation level asked for', async () => {
  const rows = await database.transaction(
    (_client, sql) => sql.query(`SELECT current_setting('transaction_isolation') AS level`),
    { isolationLevel: 'Serializable' },
  );
  expect(rows).toEqual([{ level: 'serializable' }]);
});

test('more transactions than connections, each on its own, and all connections come back', async () => {
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      database.transaction(async (client, sql) => {
        const [mine] = await sql.query('SELECT pg_current_xact_id()::text AS id');
        await insert(sql, BigInt(index));
        const [same] = await client.$queryRaw<object[]>`SELECT pg_current_xact_id()::text AS id`;
        expect(same).toEqual(mine);
      }),
    ),
  );
  expect(await count()).toBe(50n);
  expect(database.pool.idleCount).toBe(database.pool.totalCount);
});

test('a transaction within a transaction is another one', async () => {
  await database.transaction(async (_client, outer) => {
    await insert(outer, 1n);
    await database.transaction(async (_inner, inner) => {
      await insert(inner, 2n);
      expect(await inner.query('SELECT id FROM open_test')).toEqual([{ id: 2n }]);
    });
    await database.client.$transaction(async (client) => {
      await client.$executeRaw`INSERT INTO open_test (id) VALUES (3)`;
    });
    expect(await outer.query('SELECT id FROM open_test ORDER BY id')).toEqual([
      { id: 1n },
      { id: 2n },
      { id: 3n },
    ]);
  });
});

test('survives the loss of a connection', async () => {
  const lost = database.transaction(async (_client, sql) => {
    const [row] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await database.pool.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    await insert(sql, 1n);
  });
  await expect(lost).rejects.toThrow();
  await database.transaction((_client, sql) => insert(sql, 1n));
  expect(await count()).toBe(1n);
});
