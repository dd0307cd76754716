import { createHttpTransport, describeError, newId, type SubgraphName } from '@foyer/platform';
import type { Program } from '@foyer/platform/testing';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import type { Pool } from 'pg';
import { waitUntil } from '@foyer/platform/testing';
import { counted, readApplied } from '../testing/counted.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { createHeldWorld, prepareHeldTables, type HeldWorld } from '../testing/heldProcess.js';

const PATIENCE_MS = 60_000;

/** A subgraph's process is told to stop while it has a request, a message and a subscription in hand. */
describe('a process that is told to stop', () => {
  let world: HeldWorld;
  let bus: TestBus;
  let database: TestDatabase;
  let pool: Pool;

  beforeEach(async () => {
    world = await createHeldWorld();
    bus = await createTestBus({ partitions: 1 });
    database = await createTestDatabase('notifications' satisfies SubgraphName);
    pool = await prepareHeldTables(database.url);
  });
  afterEach(async () => {
    await world.stop();
    await pool.end();
    await bus.close();
    await database.drop();
  });

  const start = (variables: Readonly<Record<string, string>> = {}): Program =>
    world.start({
      NOTIFICATIONS_DATABASE_URL: database.url,
      BUS_DATABASE_URL: bus.url,
      BUS_PARTITIONS: '1',
      ...variables,
    });
  const entered = (name: string): Promise<unknown> =>
    waitUntil(
      async () => ((await pool.query('select from entered where name = $1', [name])).rowCount ?? 0) > 0,
      `${name} having begun`,
      PATIENCE_MS,
    );
  const openGate = (): Promise<unknown> => pool.query('insert into gate values (true)');
  const appliedAre = (numbers: readonly number[]): Promise<unknown> =>
    waitUntil(
      async () => (await readApplied(pool, 'a')).length >= numbers.length,
      'handling',
      PATIENCE_MS,
    ).then(async () => expect(await readApplied(pool, 'a')).toEqual(numbers));

  /** Subscribes. @returns what the subscription ends with, once it has given a value. */
  const subscribe = async (url: string): Promise<() => Promise<unknown>> => {
    const transport = createHttpTransport({ subgraph: 'notifications', urls: [`${url}/graphql`] });
    const values = await transport.subscribe({
      query: 'subscription { present }',
      identity: await world.identity(),
      requestId: newId(),
    });
    expect((await values.next()).value).toEqual({ data: { present: 1 } });
    const end = values.next().catch(describeError);
    return async () => {
      const message = await end;
      await transport.close();
      return message;
    };
  };

  test('answers the request, handles the message once, and ends the subscription by name', async () => {
    const program = start();
    const url = await program.answers();
    const answered = world.ask(url, 'mutation { enter(name: "request") }');
    await bus.publish('order-events', [counted('a', 1)]);
    await Promise.all([entered('request'), entered('event 1')]);
    const closed = await subscribe(url);

    const ended = program.end('SIGTERM');
    expect(await closed()).toContain('(1001 Going away)');
    await waitUntil(
      () =>
        fetch(`${url}/health/ready`).then(
          ({ status }) => status === 503,
          () => true,
        ),
      'not being ready any more',
      PATIENCE_MS,
    );
    await openGate();
    const answer = await answered;
    expect([answer.status, answer.headers.get('connection'), await answer.json()]).toEqual([
      200,
      'close',
      { data: { enter: 'request' } },
    ]);
    expect(await ended).toBe(0);
    expect(await readApplied(pool, 'a')).toEqual([1]);
    expect(await bus.lag('notifications', ['order-events'])).toMatchObject([{ behind: 0 }]);

    await bus.publish('order-events', [counted('a', 2)]);
    const next = start();
    await next.answers();
    await appliedAre([1, 2]);
  });

  test('gives up what can not be finished in time, says so, and the next process does it once', async () => {
    const program = start({ FOYER_DRAIN_SECONDS: '1' });
    await program.answers();
    await bus.publish('order-events', [counted('a', 1)]);
    await entered('event 1');
    expect(await program.end('SIGTERM')).toBe(1);
    expect(program.log).toContain('could not be finished within 1 s');
    await openGate();
    await start().answers();
    await appliedAre([1]);
  });
});
