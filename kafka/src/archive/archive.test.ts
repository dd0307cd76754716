import { createPool, newId, pgTransaction } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { Client, type Pool } from 'pg';
import { trimMessaging } from '../messaging/trimMessaging.js';
import { createOutbox } from '../outbox/createOutbox.js';
import { Counted } from '../testing/counted.js';
import { findArchiveGaps } from './findArchiveGaps.js';
import { readAggregates } from './readAggregates.js';
import { readArchive } from './readArchive.js';

const FILTER = { aggregateTypes: ['test'], types: ['test.counted'] };
const NOW = { outbox: 0, inbox: 0 };

describe('the archive of all events', () => {
  let database: TestDatabase;
  let pool: Pool;
  const outbox = createOutbox('orders');

  beforeEach(async () => {
    database = await createTestDatabase('orders');
    pool = createPool(database.url, { max: 4, applicationName: 'test' });
  });

  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const append = (aggregateId: string, number: number): Promise<unknown> =>
    pgTransaction(pool, (sql) => outbox.append(sql, Counted, { aggregateId, data: { number } }));
  const publishAll = (): Promise<unknown> =>
    pool.query('update messaging.outbox set published_at = clock_timestamp() where published_at is null');
  const archive = async (): Promise<void> => {
    await publishAll();
    await trimMessaging(pool, NOW);
  };

  /** Aggregates and versions in the order in which they are read. */
  async function readAll(between: () => Promise<void> = async () => undefined): Promise<readonly string[]> {
    const seen: string[] = [];
    for await (const batch of readArchive(pool, FILTER)) {
      seen.push(...batch.map(({ aggregateId, version }) => `${aggregateId} ${version}`));
      await between();
    }
    return seen;
  }

  test('has every event once and in order, before and after it has left the outbox', async () => {
    for (const number of [1, 2, 3]) for (const id of ['b', 'a']) await append(id, number);
    const all = ['a 1', 'a 2', 'a 3', 'b 1', 'b 2', 'b 3'];
    expect(await readAll()).toEqual(all);
    await archive();
    expect((await pool.query('select from messaging.outbox')).rows).toHaveLength(0);
    expect(await readAll()).toEqual(all);
    await append('a', 4);
    expect(await readAll()).toEqual([...all.slice(0, 3), 'a 4', ...all.slice(3)]);
    expect(await findArchiveGaps(pool, ['test'])).toBeNull();
  });

  test('an event is kept as it was published', async () => {
    await append('a', 1);
    const { rows } = await pool.query<{ payload: unknown }>('select payload from messaging.outbox');
    await archive();
    for await (const [first] of readArchive(pool, FILTER)) expect(first?.event).toEqual(rows[0]?.payload);
  });

  test('reads each once although they move from outbox to archive between two batches', async () => {
    const ids = Array.from({ length: 300 }, () => newId());
    for (const number of [1, 2, 3, 4]) {
      await pgTransaction(pool, (sql) =>
        outbox.appendAll(
          sql,
          ids.map((aggregateId) => ({ definition: Counted, aggregateId, data: { number } })),
        ),
      );
    }
    const seen = await readAll(archive);
    const expected = [...ids].sort().flatMap((id) => [1, 2, 3, 4].map((version) => `${id} ${version}`));
    expect(seen).toEqual(expected);
  });

  test('gives what aggregates have beyond what is known of them', async () => {
    for (const number of [1, 2, 3]) for (const id of ['a', 'b', 'c']) await append(id, number);
    await archive();
    await append('a', 4);
    const known = [
      { aggregateType: 'test', aggregateId: 'a', version: 2 },
      { aggregateType: 'test', aggregateId: 'b', version: 3 },
      { aggregateType: 'test', aggregateId: 'unknown', version: 0 },
    ];
    const events = await readAggregates(pool, known, FILTER.types);
    expect(events.map(({ aggregateId, version }) => `${aggregateId} ${version}`)).toEqual(['a 3', 'a 4']);
    expect(await readAggregates(pool, known, ['test.other'])).toEqual([]);
  });

  test('trimming leaves what is not published, and what is published not long ago', async () => {
    await append('a', 1);
    expect(await trimMessaging(pool, NOW)).toBe(0);
    await publishAll();
    expect(await trimMessaging(pool)).toBe(0);
    expect(await trimMessaging(pool, NOW)).toBe(1);
  });

  test('whoever deletes: no event leaves the outbox without coming here', async () => {
    await append('a', 1);
    await expect(pool.query('delete from messaging.outbox')).rejects.toThrow(/not published/);
    await publishAll();
    await append('b', 1);
    await expect(pool.query('delete from messaging.outbox')).rejects.toThrow(/not published/);
    await expect(pool.query('truncate messaging.outbox')).rejects.toThrow(/kept for ever/);
    await pool.query(`delete from messaging.outbox where aggregate_id = 'a'`);
    expect(await readAll()).toEqual(['a 1', 'b 1']);
  });

  test('two that trim at once archive each event once; one that fails archives and deletes nothing', async () => {
    for (const id of ['a', 'b', 'c']) await append(id, 1);
    await publishAll();
    const other = new Client(database.url);
    await other.connect();
    await other.query('begin');
    await other.query('delete from messaging.outbox');
    const second = trimMessaging(pool, NOW);
    await other.query('rollback');
    await other.end();
    expect(await second).toBe(3);
    expect(await readAll()).toEqual(['a 1', 'b 1', 'c 1']);
  });

  test('nothing in it can be changed or removed', async () => {
    await append('a', 1);
    await archive();
    for (const change of [
      'delete from messaging.archived_event',
      `update messaging.archived_event set type = 'x'`,
      'truncate messaging.archived_event',
    ]) {
      await expect(pool.query(change)).rejects.toThrow(/kept for ever/);
    }
  });

  test('what was published before there was an archive shows as a gap', async () => {
    for (const id of ['a', 'b']) for (const number of [1, 2]) await append(id, number);
    await archive();
    await pool.query('alter table messaging.archived_event disable trigger all');
    await pool.query(`delete from messaging.archived_event where aggregate_id = 'b'`);
    expect(await findArchiveGaps(pool, ['test'])).toEqual({ aggregates: 1, example: 'test b' });
    await pool.query(
      `delete from messaging.archived_event where aggregate_id = 'a' and aggregate_version = 1`,
    );
    expect(await findArchiveGaps(pool, ['test'])).toEqual({ aggregates: 2, example: 'test a' });
    expect(await findArchiveGaps(pool, ['other'])).toBeNull();
  });
});
