import { createLog, newId, type SqlTransaction } from '@foyer/platform';
import { Type } from '@sinclair/typebox';
import { Client, type Pool } from 'pg';
import { waitUntil } from '@foyer/platform/testing';
import type { ConsumeOptions, EventBus } from '../bus/eventBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import { defineEvent } from '../event/defineEvent.js';
import { Counted, counted, createApplied, readApplied, recordCounted } from '../testing/counted.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { createTestSubgraph, TEST_RETRY_POLICY, type TestSubgraph } from '../testing/createTestSubgraph.js';
import { publishAndSettle, settle } from '../testing/publishAndSettle.js';
import { testEvent } from '../testing/testEvent.js';
import { spawnSubgraph } from '../testing/spawnSubgraph.js';
import { createOutbox } from '../outbox/createOutbox.js';
import { createEventConsumer } from './createEventConsumer.js';
import { defineHandler } from './defineHandler.js';
import { discardDeadLetter, listDeadLetters, replayDeadLetters } from '../deadLetters/deadLetters.js';

const TOPIC = 'order-events';
const GROUP = 'notifications';

describe('the event consumer', () => {
  let bus: TestBus;
  let subgraph: TestSubgraph;

  beforeEach(async () => {
    bus = await createTestBus();
    subgraph = await createTestSubgraph(GROUP, bus);
    await createApplied(subgraph.pool);
  });

  afterEach(async () => {
    await subgraph.remove();
    await bus.close();
  });

  const publish = (...events: CloudEvent[]): Promise<void> => publishAndSettle(bus, GROUP, TOPIC, events);
  const applied = (aggregateId: string): Promise<readonly number[]> =>
    readApplied(subgraph.pool, aggregateId);
  const nothingParked = (): Promise<unknown> =>
    waitUntil(
      async () => (await subgraph.pool.query('select from messaging.parked_event')).rows.length === 0,
    );

  test('handles every event once, though all are delivered again', async () => {
    const first = subgraph.messaging([recordCounted()]);
    await first.start();
    await publish(counted('a', 1), counted('b', 1), counted('a', 2));
    await first.stop();
    const log = new Client(bus.url);
    await log.connect();
    await log.query('update bus.committed_position set next_position = 0');
    await log.end();
    await subgraph.messaging([recordCounted()]).start();
    await publish(counted('a', 3));
    expect(await applied('a')).toEqual([1, 2, 3]);
    expect(await applied('b')).toEqual([1]);
  });

  test('ignores a version that is not above the last applied one, unless the handler wants any', async () => {
    await subgraph
      .messaging([recordCounted(), recordCounted({ name: 'any', order: 'any', then: () => undefined })])
      .start();
    await publish(counted('a', 2), counted('a', 1), counted('a', 3));
    expect([...(await applied('a'))].sort()).toEqual([1, 2, 2, 3, 3]);
  });

  test('a handler that fails is rolled back, holds up its aggregate only, and is tried again', async () => {
    let fails = true;
    await subgraph
      .messaging([
        recordCounted({
          then: ({ subject, data }) => {
            if (fails && subject === 'bad' && data.number === 1) {
              fails = false;
              throw new Error('not now');
            }
          },
        }),
      ])
      .start();
    await publish(counted('bad', 1), counted('bad', 2), counted('good', 1), counted('bad', 3));
    expect(await applied('good')).toEqual([1]);
    await nothingParked();
    expect(await applied('bad')).toEqual([1, 2, 3]);
  });

  test('gives up after its tries; replay and discard let those behind it follow in order', async () => {
    let broken = true;
    const messaging = subgraph.messaging([
      recordCounted({
        then: ({ data }) => {
          if (broken && data.number === 1) throw new Error('broken');
        },
      }),
    ]);
    await messaging.start();
    await publish(counted('a', 1), counted('a', 2), counted('b', 1), counted('b', 2));
    const dead = await waitUntil(async () => {
      const found = await listDeadLetters(subgraph.pool);
      return found.length === 2 && found;
    });
    expect(dead.map(({ reason, attempts, behind }) => ({ reason, attempts, behind }))).toEqual([
      { reason: 'Error: broken', attempts: TEST_RETRY_POLICY.tries, behind: 1 },
      { reason: 'Error: broken', attempts: TEST_RETRY_POLICY.tries, behind: 1 },
    ]);
    await publish(counted('a', 3));
    expect(await messaging.health()).toMatchObject({ dead: 2, waiting: 3, behind: 0 });
    expect(await applied('a')).toEqual([]);

    broken = false;
    const ofA = dead.find(({ aggregateId }) => aggregateId === 'a')?.id ?? '';
    const ofB = dead.find(({ aggregateId }) => aggregateId === 'b')?.id ?? '';
    expect(await replayDeadLetters(subgraph.pool, ofA)).toBe(1);
    expect(await discardDeadLetter(subgraph.pool, ofB)).toMatchObject({ eventId: expect.any(String) });
    await nothingParked();
    expect(await applied('a')).toEqual([1, 2, 3]);
    expect(await applied('b')).toEqual([2]);
  });

  test('what is no event of its contract is dead at once, with its reason; the rest goes on', async () => {
    await subgraph.messaging([recordCounted()]).start();
    const good = counted('good', 1);
    await publish(
      { ...counted('data', 1), data: { number: 'one\0' } },
      { ...counted('newer', 1), dataschema: 'urn:foyer:event:test.counted:2' },
      { ...counted('foreign', 1), dataschema: 'https://example.com/schema' },
      { ...counted('envelope', 1), specversion: '0.3' as '1.0' },
      { ...counted('odd', 1), type: 7 as unknown as string },
      { ...counted('unknown', 1), type: 'nobody.knows' },
      good,
      counted('data', 2),
    );
    const dead = await listDeadLetters(subgraph.pool);
    const reasons = new Map(dead.map(({ aggregateId, reason }) => [aggregateId, reason]));
    expect(Object.fromEntries(reasons)).toEqual({
      data: 'data does not conform to urn:foyer:event:test.counted:1: /number must be integer',
      newer:
        'schema urn:foyer:event:test.counted:2 is not known here; the newest known is urn:foyer:event:test.counted:1',
      foreign:
        'schema https://example.com/schema is not known here; the newest known is urn:foyer:event:test.counted:1',
      envelope: 'not an event: /specversion must be equal to constant',
      odd: 'not an event: /type must be string',
    });
    expect(dead.find(({ aggregateId }) => aggregateId === 'data')?.behind).toBe(1);
    expect(await applied('good')).toEqual([1]);
  });

  test('versions of one event beside each other: each goes to the handler of its version, in one order', async () => {
    const Renamed = defineEvent({
      ...Counted,
      version: 2,
      data: Type.Object({ count: Type.Integer() }, { additionalProperties: false }),
    });
    await subgraph
      .messaging([
        recordCounted(),
        defineHandler(Renamed, {
          handle: async ({ subject, data }, { sql }) => {
            await sql.query('insert into applied (aggregate_id, number) values ($1, $2)', [
              subject,
              data.count,
            ]);
          },
        }),
      ])
      .start();
    const renamed = (aggregateVersion: number): CloudEvent =>
      testEvent(Renamed, { aggregateId: 'a', aggregateVersion, data: { count: aggregateVersion } });
    await publish(counted('a', 1), renamed(2), counted('a', 3), renamed(2), renamed(4));
    expect(await applied('a')).toEqual([1, 2, 3, 4]);
    expect(await listDeadLetters(subgraph.pool)).toEqual([]);
  });

  test('handles aggregates beside each other, up to a bound, and one aggregate in order', async () => {
    const running = new Set<string>();
    let most = 0;
    let overlaps = 0;
    await subgraph
      .messaging([
        recordCounted({
          then: async ({ subject }) => {
            if (running.has(subject)) overlaps += 1;
            running.add(subject);
            most = Math.max(most, running.size);
            await new Promise((resolve) => setImmediate(resolve));
            running.delete(subject);
          },
        }),
      ])
      .start();
    const aggregates = Array.from({ length: 30 }, newId);
    await publish(...[1, 2, 3].flatMap((number) => aggregates.map((id) => counted(id, number))));
    expect(overlaps).toBe(0);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    for (const id of aggregates) expect(await applied(id)).toEqual([1, 2, 3]);
  });

  test('when nothing can be stored, not even that it failed, the batch comes again', async () => {
    await subgraph.messaging([recordCounted()]).start();
    await subgraph.pool.query('alter table applied rename to gone');
    await subgraph.pool.query('alter table messaging.parked_event rename to parked_gone');
    await bus.publish(TOPIC, [counted('a', 1)]);
    await waitUntil(async () => (await bus.lag(GROUP, [TOPIC])).some(({ behind }) => behind === 1));
    await subgraph.pool.query('alter table gone rename to applied');
    await subgraph.pool.query('alter table messaging.parked_gone rename to parked_event');
    await settle(bus, GROUP, [TOPIC]);
    await nothingParked();
    expect(await applied('a')).toEqual([1]);
  });

  test('a process that is killed in the middle of an event loses nothing and handles nothing twice', async () => {
    const victim = spawnSubgraph(subgraph.url, bus.url, { hangOn: 2 });
    await bus.publish(TOPIC, [counted('a', 1), counted('a', 2), counted('b', 1)]);
    await victim.reached;
    await victim.kill();
    await subgraph.messaging([recordCounted()]).start();
    await settle(bus, GROUP, [TOPIC]);
    expect(await applied('a')).toEqual([1, 2]);
    expect(await applied('b')).toEqual([1]);
  });

  test('an event in which three processes in a row end, alone, is poison; the others are handled', async () => {
    await bus.publish(TOPIC, [
      counted('before', 1),
      counted('poison', 13),
      counted('after', 1),
      counted('poison', 14),
    ]);
    const ends: (number | null)[] = [];
    for (let index = 0; index < 4; index += 1) {
      ends.push(await spawnSubgraph(subgraph.url, bus.url, { dieOn: 13 }).exited);
    }
    expect(ends).toEqual([9, 9, 9, 9]);
    await subgraph.messaging([recordCounted()]).start();
    await settle(bus, GROUP, [TOPIC]);
    const [dead] = await listDeadLetters(subgraph.pool);
    expect(dead).toMatchObject({
      aggregateId: 'poison',
      aggregateVersion: 13,
      reason: 'poison: 3 processes in a row ended while they handled it alone',
      behind: 1,
    });
    expect(await applied('before')).toEqual([1]);
    expect(await applied('after')).toEqual([1]);
    expect(await applied('poison')).toEqual([]);
  });
});

test('a batch that failed has ended as a whole before it is given back', async () => {
  let onBatch: ConsumeOptions['onBatch'] = () => Promise.resolve();
  let finishSecond: () => void = () => undefined;
  const second = new Promise<never>((resolve) => {
    finishSecond = () => resolve(undefined as never);
  });
  let begun = 0;
  createEventConsumer<SqlTransaction>({
    group: GROUP,
    bus: {
      consume(options: ConsumeOptions) {
        onBatch = options.onBatch;
        return { start: () => Promise.resolve(), stop: () => Promise.resolve() };
      },
    } as unknown as EventBus,
    pool: {
      query: () => Promise.resolve({ rows: [] }),
      connect: () => Promise.reject(new Error('nothing can be stored')),
    } as unknown as Pool,
    transaction: () => {
      begun += 1;
      return begun === 1 ? Promise.reject(new Error('no')) : second;
    },
    outbox: createOutbox(GROUP),
    handlers: [recordCounted()],
    log: createLog('test', 'silent'),
  });
  const messages = ['a', 'b'].map((key, offset) => ({ offset, key, value: counted(key, 1) }));
  let ended = false;
  const batch = onBatch({ topic: TOPIC, partition: 0, messages }).finally(() => {
    ended = true;
  });
  const outcome = expect(batch).rejects.toThrow('nothing can be stored');
  await new Promise((resolve) => setImmediate(resolve));
  expect([begun, ended]).toEqual([2, false]);
  finishSecond();
  await outcome;
});
