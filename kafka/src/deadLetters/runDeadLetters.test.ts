import { Environment, pgTransaction, runningDatabaseUrl } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import { createOutbox } from '../outbox/createOutbox.js';
import { listRefused, noteRefused } from '../outbox/refusedEvents.js';
import { Counted, counted, createApplied, readApplied, recordCounted } from '../testing/counted.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { createTestSubgraph, type TestSubgraph } from '../testing/createTestSubgraph.js';
import { publishAndSettle } from '../testing/publishAndSettle.js';
import { listDeadLetters } from './deadLetters.js';
import { runDeadLetters } from './runDeadLetters.js';

describe('npm run dead-letters', () => {
  let bus: TestBus;
  let subgraph: TestSubgraph;
  let broken: boolean;

  beforeEach(async () => {
    bus = await createTestBus();
    subgraph = await createTestSubgraph('notifications', bus);
    await createApplied(subgraph.pool);
    broken = true;
    const handler = recordCounted({
      then: ({ data }) => {
        if (broken && data.number === 1) throw new Error('broken');
      },
    });
    await subgraph.messaging([handler]).start();
    await publishAndSettle(bus, 'notifications', 'order-events', [
      counted('a', 1),
      counted('a', 2),
      counted('b', 1),
    ]);
    await waitUntil(async () => (await listDeadLetters(subgraph.pool)).length === 2);
  });

  afterEach(async () => {
    await subgraph.remove();
    await bus.close();
  });

  async function run(...args: string[]): Promise<string[]> {
    const lines: string[] = [];
    await runDeadLetters(args, {
      open: () => Promise.resolve(subgraph.pool),
      say: (line) => lines.push(line),
    });
    return lines;
  }

  const idOf = async (aggregateId: string): Promise<string> =>
    (await listDeadLetters(subgraph.pool)).find((dead) => dead.aggregateId === aggregateId)?.id ?? '';

  const of = ['--subgraph', 'notifications'];

  test('lists what is dead, and what waits', async () => {
    const dead = await run('list', ...of);
    expect(dead).toHaveLength(2);
    expect(dead[0]).toMatch(
      /^notifications \d+ {2}test\.counted {2}test [ab] version 1 .* behind \d {2}Error: broken$/,
    );
    expect(await run('list', '--waiting', ...of)).toEqual([expect.stringContaining('test a version 2')]);
  });

  test('shows the event', async () => {
    const [shown] = await run('show', await idOf('a'), ...of);
    expect(shown).toContain('"dataschema": "urn:foyer:event:test.counted:1"');
    expect(shown).toContain('behind 1');
  });

  test('replays one, with those behind it', async () => {
    broken = false;
    expect(await run('replay', await idOf('a'), ...of)).toEqual([
      expect.stringContaining('will be tried again; 1 behind'),
    ]);
    await waitUntil(async () => (await readApplied(subgraph.pool, 'a')).length === 2);
    expect(await readApplied(subgraph.pool, 'a')).toEqual([1, 2]);
    expect(await readApplied(subgraph.pool, 'b')).toEqual([]);
  });

  test('lists what could not be published, and has it tried at once', async () => {
    const outbox = createOutbox('notifications');
    await pgTransaction(subgraph.pool, async (sql) => {
      const { id } = await outbox.append(sql, Counted, { aggregateId: 'r', data: { number: 1 } });
      await outbox.append(sql, Counted, { aggregateId: 'r', data: { number: 2 } });
      await noteRefused(sql, id, 'too large');
    });
    expect(await run('list', ...of)).toContainEqual(
      expect.stringMatching(/^notifications not published .* test r version 1 .* behind 1 {2}too large$/),
    );
    expect(await run('replay', '--all', ...of)).toContain(
      'notifications: 1 refused events will be published again.',
    );
    await waitUntil(async () => (await listRefused(subgraph.pool)).length === 0);
  });

  test('replays all', async () => {
    broken = false;
    expect(await run('replay', '--all', ...of)).toEqual([
      'notifications: 2 dead events will be tried again.',
    ]);
    await waitUntil(async () => (await readApplied(subgraph.pool, 'b')).length === 1);
    await waitUntil(async () => (await readApplied(subgraph.pool, 'a')).length === 2);
    await waitUntil(async () => (await listDeadLetters(subgraph.pool)).length === 0);
    expect(await run('list', ...of)).toEqual(['No event is dead in notifications.']);
    expect(await run('list', '--waiting', ...of)).toEqual([
      'No event waits behind a dead one in notifications.',
    ]);
  });

  test('discards one, and lets those behind it go on', async () => {
    expect(await run('discard', await idOf('a'), ...of)).toEqual([
      expect.stringContaining('is given up; 1 behind it.'),
    ]);
    await waitUntil(async () => (await readApplied(subgraph.pool, 'a')).length === 1);
    expect(await readApplied(subgraph.pool, 'a')).toEqual([2]);
  });

  test('touches no event that is not dead', async () => {
    const [waiting] = await listDeadLetters(subgraph.pool, { state: 'WAITING' });
    await expect(run('discard', waiting?.id ?? '', ...of)).rejects.toThrow('is not dead');
    await expect(run('discard', '999', ...of)).rejects.toThrow('notifications has no parked event 999');
  });
});

describe('npm run dead-letters, called wrongly', () => {
  test.each([
    [[], /npm run dead-letters -- list/],
    [['remove'], /npm run dead-letters -- list/],
    [['list', '--subgraph', 'kitchen'], /There is no subgraph kitchen/],
    [['show', '1'], /show needs the number of an event and --subgraph/],
    [['replay', 'x', '--subgraph', 'orders'], /replay needs the number/],
    [['discard', '--all'], /--all belongs to replay/],
    [['list', '--everything'], /npm run dead-letters -- list/],
  ])('explains itself: %j', async (args, message) => {
    const open = (): Promise<never> => Promise.reject(new Error('nothing is to be opened'));
    await expect(runDeadLetters(args, { open, say: () => undefined })).rejects.toThrow(message);
  });
});

describe('the database of a subgraph', () => {
  test('is the one that is configured', async () => {
    const environment = new Environment({ ORDERS_DATABASE_URL: 'postgres://host/orders' });
    expect(await runningDatabaseUrl(environment, 'orders', '/nowhere')).toBe('postgres://host/orders');
  });

  test('is on the server that is configured', async () => {
    const environment = new Environment({ FOYER_POSTGRES_URL: 'postgres://u:p@host:5/postgres' });
    expect(await runningDatabaseUrl(environment, 'orders', '/nowhere')).toBe(
      'postgres://u:p@host:5/foyer_orders',
    );
  });

  test('says what is missing', async () => {
    await expect(runningDatabaseUrl(new Environment({}), 'orders', '/nowhere')).rejects.toThrow(
      'ORDERS_DATABASE_URL is not set, and no embedded Postgres is running in /nowhere/.foyer/postgres.',
    );
  });
});
