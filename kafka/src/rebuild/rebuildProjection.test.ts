import { createPool, pgTransaction } from '@foyer/platform';
import type { Pool } from 'pg';
import { waitUntil } from '@foyer/platform/testing';
import { defineHandler } from '../inbox/defineHandler.js';
import { trimMessaging } from '../messaging/trimMessaging.js';
import { createOutbox, outboxEvent } from '../outbox/createOutbox.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { createTestSubgraph, type TestSubgraph } from '../testing/createTestSubgraph.js';
import * as catchUpModule from './catchUp.js';
import { defineProjection } from './projection.js';
import { rebuildProjection, type RebuildOptions, type RebuildStep } from './rebuildProjection.js';
import { createTally, expectedTally, Listed, readTally, tally } from './testing/tally.js';
import { killRebuildAt } from './testing/spawnRebuild.js';

const PATIENCE = 60_000;

describe('rebuilding a projection', () => {
  let bus: TestBus;
  let publisher: TestSubgraph;
  let reader: TestSubgraph;
  const opened: Pool[] = [];
  const outbox = createOutbox('catalog');

  beforeEach(async () => {
    bus = await createTestBus();
    publisher = await createTestSubgraph('catalog', bus);
    reader = await createTestSubgraph('orders', bus);
    await createTally(reader.pool);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    for (const pool of opened.splice(0)) await pool.end();
    await publisher.remove();
    await reader.remove();
    await bus.close();
  });

  const append = (id: string, ...numbers: readonly number[]): Promise<unknown> =>
    pgTransaction(publisher.pool, (sql) =>
      outbox.appendAll(
        sql,
        numbers.map((number) =>
          outboxEvent(Listed, { aggregateId: id, data: { number, city: `city ${id}` } }),
        ),
      ),
    );

  /** Both sides run; what is appended is published and applied. */
  async function startBoth(): Promise<void> {
    await publisher.messaging([]).start();
    await reader.messaging(tally.handlers()).start();
  }

  const applied = async (): Promise<void> => {
    await waitUntil(
      async () =>
        JSON.stringify(await readTally(reader.pool)) === JSON.stringify(await expectedTally(publisher.pool)),
      'the projection being what the events say',
      PATIENCE,
    );
  };

  async function rebuild(options: Partial<RebuildOptions> = {}): Promise<number> {
    const open = (url: string): Pool => {
      const pool = createPool(url, { max: 2, applicationName: 'foyer-rebuild' });
      opened.push(pool);
      return pool;
    };
    return await rebuildProjection({
      projection: tally,
      pool: open(reader.url),
      open: async () => open(publisher.url),
      ...options,
    });
  }

  /** Has everything leave the publisher's outbox. */
  const archiveAll = async (): Promise<void> => {
    await waitUntil(
      async () => {
        await trimMessaging(publisher.pool, { outbox: 0, inbox: 1e12 });
        return (await publisher.pool.query('select from messaging.outbox')).rows.length === 0;
      },
      'everything being published and archived',
      PATIENCE,
    );
  };
  const oid = async (): Promise<unknown> =>
    (await reader.pool.query(`select 'tally.listing'::regclass::oid as oid`)).rows[0];
  const leftovers = async (): Promise<number> =>
    (await reader.pool.query(`select from pg_namespace where nspname like 'rebuild%'`)).rows.length;

  test('gives the projection as it was, in new tables of the same shape', async () => {
    await startBoth();
    for (const id of ['a', 'b', 'c']) await append(id, 1, 2, 3);
    await applied();
    await reader.pool.query('grant select, insert on tally.listing to public');
    const shape = async (): Promise<unknown> => [
      (
        await reader.pool.query(
          `select indexname, indexdef from pg_indexes where schemaname = 'tally' order by 1`,
        )
      ).rows,
      (
        await reader.pool.query(
          `select conname, pg_get_constraintdef(oid) from pg_constraint
           where conrelid = 'tally.listing'::regclass order by 1`,
        )
      ).rows,
      (
        await reader.pool.query(
          `select a.grantee, a.privilege_type from pg_class c cross join lateral aclexplode(c.relacl) a
           where c.oid = 'tally.listing'::regclass order by 1, 2`,
        )
      ).rows,
    ];
    const [before, table, old] = [await readTally(reader.pool), await shape(), await oid()];

    expect(await rebuild()).toBe(9);

    expect(await readTally(reader.pool)).toEqual(before);
    expect(await shape()).toEqual(table);
    expect(await oid()).not.toEqual(old);
    expect(await leftovers()).toBe(0);
    await append('a', 4);
    await applied();
  });

  test('reads what has left the outbox too, and repairs a projection that was damaged', async () => {
    await startBoth();
    for (const id of ['a', 'b']) await append(id, 1, 2);
    await applied();
    await archiveAll();
    await reader.pool.query(
      `update tally.listing set total = 99 where id = 'a'; delete from tally.listing where id = 'b'`,
    );
    await rebuild();
    expect(await readTally(reader.pool)).toEqual(['a 2 3', 'b 2 3']);
  });

  test('an event that is applied meanwhile, at whatever step, is neither lost nor applied twice', async () => {
    await startBoth();
    for (const id of ['a', 'b', 'c']) await append(id, 1, 2);
    await applied();
    const seen: RebuildStep[] = [];
    await rebuild({
      async onStep(step) {
        seen.push(step);
        // While everything is locked nothing can be applied; it is when the lock is gone.
        const news = [append('a', 10), append(`new at ${step}`, 1)];
        await Promise.all(news);
        if (step !== 'swapping') await applied();
      },
    });
    expect(new Set(seen)).toEqual(new Set(['prepared', 'copied', 'caught-up', 'swapping', 'swapped']));
    await applied();
  });

  test('shows the loss when what came meanwhile is not fetched', async () => {
    await startBoth();
    await append('a', 1, 2);
    await applied();
    jest.spyOn(catchUpModule, 'catchUp').mockResolvedValue(0);
    await rebuild({
      async onStep(step) {
        if (step !== 'caught-up') return;
        await append('a', 10);
        await applied();
      },
    });
    expect(await readTally(reader.pool)).toEqual(['a 2 3']);
    expect(await expectedTally(publisher.pool)).toEqual(['a 3 13']);
  });

  test('what the archive had before the bus brought it is not applied again', async () => {
    await publisher.messaging([]).start();
    const before = reader.messaging(tally.handlers());
    await before.start();
    await append('a', 1);
    await applied();
    await before.stop();
    await append('a', 2);
    await append('b', 3);
    await rebuild();
    expect(await readTally(reader.pool)).toEqual(['a 2 3', 'b 1 3']);
    await reader.messaging(tally.handlers()).start();
    await append('a', 4);
    await applied();
  });

  test('again and again, while many events come: nothing is lost, nothing is applied twice', async () => {
    await startBoth();
    const ids = Array.from({ length: 12 }, (_, nr) => `listing ${nr}`);
    const write = async (writer: number): Promise<void> => {
      for (let number = 1; number <= 40; number += 1) {
        const id = ids[(number * 7 + writer * 4) % ids.length] ?? '';
        await append(id, number % 5, 1);
      }
    };
    for (let round = 1; round <= 4; round += 1) {
      const writers = [0, 1, 2].map(write);
      await rebuild();
      await Promise.all(writers);
    }
    await applied();
    expect(await leftovers()).toBe(0);
    expect((await reader.pool.query('select from messaging.parked_event')).rows).toEqual([]);
  });

  test.each<RebuildStep>(['prepared', 'copied', 'caught-up', 'swapping'])(
    'killed when %s: the projection is as it was, goes on, and is rebuilt by the next',
    async (step) => {
      await startBoth();
      for (const id of ['a', 'b', 'c']) await append(id, 1, 2);
      await applied();
      const [before, old] = [await readTally(reader.pool), await oid()];
      await killRebuildAt(step, reader.url, publisher.url);
      expect(await readTally(reader.pool)).toEqual(before);
      expect(await oid()).toEqual(old);
      await append('a', 4);
      await append('d', 1);
      await applied();
      // The server gives the locks of the dead process back when it notices that the connection has ended.
      await waitUntil(
        () =>
          rebuild().catch((error: unknown) => {
            if (/being rebuilt already/.test(String(error))) return null;
            throw error;
          }),
        'the next rebuild',
        PATIENCE,
      );
      await applied();
      expect(await oid()).not.toEqual(old);
      expect(await leftovers()).toBe(0);
    },
  );

  test('killed when swapped: it is done', async () => {
    await startBoth();
    await append('a', 1, 2);
    await applied();
    const old = await oid();
    await killRebuildAt('swapped', reader.url, publisher.url);
    expect(await oid()).not.toEqual(old);
    await append('a', 4);
    await applied();
    expect(await leftovers()).toBe(0);
  });

  test('a projection whose code and table were changed gets the new shape, for old events too', async () => {
    await startBoth();
    for (const id of ['a', 'b']) await append(id, 1, 2);
    await applied();
    await reader.pool.query('alter table tally.listing add column city text');
    const withCity = defineProjection({
      ...tally,
      handlers: (schema) => [
        defineHandler(Listed, {
          name: tally.name,
          handle: async ({ subject, data }, { sql }) => {
            await sql.query(
              `insert into ${schema}.listing as l (id, events, total, city) values ($1, 1, $2, $3)
               on conflict (id) do update set events = l.events + 1, total = l.total + excluded.total, city = excluded.city`,
              [subject, data.number, data.city],
            );
          },
        }),
      ],
    });
    const cities = async (): Promise<unknown> =>
      (await reader.pool.query('select id, city from tally.listing order by id')).rows;
    expect(await cities()).toEqual([
      { id: 'a', city: null },
      { id: 'b', city: null },
    ]);
    await rebuild({ projection: withCity });
    expect(await cities()).toEqual([
      { id: 'a', city: 'city a' },
      { id: 'b', city: 'city b' },
    ]);
    await applied();
  });

  test('a projection that does more than fill its tables is refused, and has done nothing', async () => {
    await startBoth();
    await append('a', 1);
    await applied();
    const own = createOutbox('orders');
    const talking = defineProjection({
      ...tally,
      handlers: (schema) => [
        defineHandler(Listed, {
          name: tally.name,
          handle: async (event, transaction) => {
            await tally.handlers(schema)[0]?.handle(event, transaction);
            await own.append(transaction.sql, Listed, { aggregateId: 'said', data: { number: 1 } });
          },
        }),
      ],
    });
    await expect(rebuild({ projection: talking })).rejects.toThrow(
      /write to .*messaging.outbox.*own tables alone/,
    );
    expect((await reader.pool.query('select from messaging.every_event')).rows).toEqual([]);
    expect(await readTally(reader.pool)).toEqual(['a 1 1']);
  });

  test('an archive that lacks events is refused, or accepted knowingly', async () => {
    await startBoth();
    for (const id of ['a', 'b']) await append(id, 1, 2);
    await applied();
    await archiveAll();
    await publisher.pool.query('alter table messaging.archived_event disable trigger all');
    await publisher.pool.query(`delete from messaging.archived_event where aggregate_id = 'b'`);
    await expect(rebuild()).rejects.toThrow(
      /archive of catalog lacks events of 1 aggregates, test-listing b/,
    );
    expect(await readTally(reader.pool)).toEqual(['a 2 3', 'b 2 3']);
    await rebuild({ acceptGaps: true });
    expect(await readTally(reader.pool)).toEqual(['a 2 3']);
  });

  test('an event that can not be applied ends the rebuild, which names it; it can be passed over', async () => {
    await startBoth();
    await append('a', 1, 2);
    await applied();
    const { rows } = await publisher.pool.query<{ id: string }>(
      `update messaging.outbox set payload = jsonb_set(payload, '{data,number}', '"two"')
       where aggregate_version = 2 returning id`,
    );
    const id = rows[0]?.id ?? '';
    await expect(rebuild()).rejects.toThrow(
      new RegExp(`test.listed ${id} of a .*number must be integer[^]*--skip ${id}`),
    );
    expect(await readTally(reader.pool)).toEqual(['a 2 3']);
    await rebuild({ skip: [id] });
    expect(await readTally(reader.pool)).toEqual(['a 1 1']);
  });

  test('one at a time', async () => {
    await startBoth();
    await append('a', 1);
    await applied();
    let second: unknown;
    await rebuild({
      onStep: async (step) => {
        if (step === 'copied') second = await rebuild().catch((error: unknown) => error);
      },
    });
    expect(String(second)).toMatch(/being rebuilt already/);
    await applied();
  });
});
