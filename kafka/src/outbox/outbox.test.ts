import { createPool, newId, pgTransaction, type PgConnection } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { Client, type Pool } from 'pg';
import type { EventBus } from '../bus/eventBus.js';
import { EventsRefused } from '../bus/eventsRefused.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import { checkEnvelope } from '../event/checkEnvelope.js';
import { readMessagingFigures } from '../messaging/readMessagingFigures.js';
import { Counted } from '../testing/counted.js';
import { withCausation } from './causation.js';
import { createOutbox, EventDataError, outboxEvent } from './createOutbox.js';
import { publishOutbox } from './publishOutbox.js';
import { listRefused, retryRefused } from './refusedEvents.js';

/** What was published, and nothing else of a bus. */
function createRecorder(): { readonly bus: EventBus; readonly published: CloudEvent[] } {
  const published: CloudEvent[] = [];
  const refuse = (): never => {
    throw new Error('the relay does nothing but publish');
  };
  const bus: EventBus = {
    publish: async (_, events) => {
      published.push(...events);
    },
    consume: refuse,
    follow: refuse,
    lag: refuse,
    health: refuse,
    close: refuse,
  };
  return { bus, published };
}

const always = (): boolean => true;

describe('the outbox', () => {
  let database: TestDatabase;
  let pool: Pool;
  const outbox = createOutbox('orders');
  const connection: Pick<PgConnection, 'query'> = {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(text, [...values])).rows,
  };

  beforeEach(async () => {
    database = await createTestDatabase('orders');
    pool = createPool(database.url, { max: 16, applicationName: 'test' });
  });

  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const append = (aggregateId: string, number: number): Promise<unknown> =>
    pgTransaction(pool, (sql) => outbox.append(sql, Counted, { aggregateId, data: { number } }));

  /** An appender whose transaction stays open. */
  async function hold(aggregateId: string, number: number): Promise<{ commit(): Promise<void> }> {
    const client = new Client(database.url);
    await client.connect();
    await client.query('begin');
    const sql = {
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(text, [...values])).rows,
      afterCommit: () => undefined,
    };
    await outbox.append(sql, Counted, { aggregateId, data: { number } });
    return {
      async commit() {
        await client.query('commit');
        await client.end();
      },
    };
  }

  const keys = (events: readonly CloudEvent[]): string[] =>
    events.map((each) => `${each.subject}${each.aggregateversion}`);

  test('writes a CloudEvent, with the columns that Debezium reads', async () => {
    const aggregateId = newId();
    const appended = await withCausation({ correlationId: 'request', traceparent: '00-trace-01' }, () =>
      pgTransaction(pool, (sql) => outbox.append(sql, Counted, { aggregateId, data: { number: 7 } })),
    );
    expect(appended).toEqual({ id: expect.any(String), aggregateVersion: 1 });
    const { rows } = await pool.query<{ payload: CloudEvent }>(
      `select id, topic, aggregate_type, aggregate_id, aggregate_version::int, type, payload, headers, published_at
       from messaging.outbox`,
    );
    expect(rows).toEqual([
      {
        id: appended.id,
        topic: 'order-events',
        aggregate_type: 'test',
        aggregate_id: aggregateId,
        aggregate_version: 1,
        type: 'test.counted',
        payload: {
          specversion: '1.0',
          id: appended.id,
          source: '/foyer/orders',
          type: 'test.counted',
          subject: aggregateId,
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          datacontenttype: 'application/json',
          dataschema: 'urn:foyer:event:test.counted:1',
          data: { number: 7 },
          aggregatetype: 'test',
          aggregateversion: 1,
          correlationid: 'request',
          traceparent: '00-trace-01',
        },
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          traceparent: '00-trace-01',
        },
        published_at: null,
      },
    ]);
    expect(checkEnvelope(rows[0]?.payload)).toHaveProperty('event');
  });

  test('writes many events of several aggregates at once and answers in their order', async () => {
    const event = (aggregateId: string, number: number): ReturnType<typeof outboxEvent> =>
      outboxEvent(Counted, { aggregateId, data: { number } });
    await append('b', 1);
    const appended = await pgTransaction(pool, (sql) =>
      outbox.appendAll(sql, [event('b', 2), event('a', 1), event('b', 3), event('a', 2)]),
    );
    expect(appended.map(({ aggregateVersion }) => aggregateVersion)).toEqual([2, 1, 3, 2]);
    const { bus, published } = createRecorder();
    await publishOutbox(connection, bus, always);
    expect(keys(published)).toEqual(['b1', 'b2', 'a1', 'b3', 'a2']);
  });

  test('takes the versions of an owner who counts himself, and refuses one that is given out twice', async () => {
    const at = new Date('2026-03-01T12:00:00.123Z');
    const appendCounted = (...versions: number[]): Promise<void> =>
      pgTransaction(pool, (sql) =>
        outbox.appendCounted(
          sql,
          at,
          versions.map((aggregateVersion) => ({
            ...outboxEvent(Counted, { aggregateId: 'a', data: { number: aggregateVersion } }),
            aggregateVersion,
          })),
        ),
      );
    await appendCounted(1, 2);
    await appendCounted(3);
    await appendCounted();
    await expect(appendCounted(3)).rejects.toMatchObject({ code: '23505' });
    const { bus, published } = createRecorder();
    await publishOutbox(connection, bus, always);
    expect(keys(published)).toEqual(['a1', 'a2', 'a3']);
    for (const event of published) {
      expect(checkEnvelope(event)).toHaveProperty('event');
      expect(event.time).toBe(at.toISOString());
    }
    expect((await pool.query('select from messaging.aggregate')).rowCount).toBe(0);
  });

  test('refuses data that breaks the contract, and writes nothing', async () => {
    const wrong = { aggregateId: 'a', data: { number: 1.5 } };
    await expect(pgTransaction(pool, (sql) => outbox.append(sql, Counted, wrong))).rejects.toThrow(
      EventDataError,
    );
    expect((await pool.query('select from messaging.outbox')).rowCount).toBe(0);
  });

  test('appending nothing does nothing', async () => {
    expect(await pgTransaction(pool, (sql) => outbox.appendAll(sql, []))).toEqual([]);
  });

  test('tells its listeners after the commit, and never of what was rolled back', async () => {
    let told = 0;
    const detach = outbox.onCommitted(() => {
      told += 1;
    });
    await pgTransaction(pool, async (sql) => {
      await outbox.append(sql, Counted, { aggregateId: 'a', data: { number: 1 } });
      expect(told).toBe(0);
    });
    expect(told).toBe(1);
    const failing = pgTransaction(pool, async (sql) => {
      await outbox.append(sql, Counted, { aggregateId: 'a', data: { number: 2 } });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    detach();
    await append('a', 3);
    expect(told).toBe(1);
  });

  test('versions have no gaps and are published in their order, with many appenders at once', async () => {
    const aggregates = ['a', 'b', 'c'];
    const { bus, published } = createRecorder();
    let appending = true;
    const relaying = (async () => {
      while (appending) await publishOutbox(connection, bus, always);
    })();
    await Promise.all(
      Array.from({ length: 12 }, async (_, appender) => {
        for (let number = 1; number <= 20; number += 1) {
          // Opposite orders: without one order of the locks these would deadlock.
          const order = appender % 2 === 0 ? aggregates : [...aggregates].reverse();
          await pgTransaction(pool, (sql) =>
            outbox.appendAll(
              sql,
              order.map((aggregateId) => outboxEvent(Counted, { aggregateId, data: { number } })),
            ),
          );
        }
      }),
    );
    appending = false;
    await relaying;
    await publishOutbox(connection, bus, always);
    for (const aggregate of aggregates) {
      const versions = published
        .filter(({ subject }) => subject === aggregate)
        .map((each) => each.aggregateversion);
      expect(versions).toEqual(Array.from({ length: 240 }, (_, index) => index + 1));
    }
  });

  test('an appender that commits late is published when it does', async () => {
    const { bus, published } = createRecorder();
    const held = await hold('late', 1);
    await append('early', 1);
    await publishOutbox(connection, bus, always);
    expect(keys(published)).toEqual(['early1']);
    await held.commit();
    await publishOutbox(connection, bus, always);
    expect(keys(published)).toEqual(['early1', 'late1']);
  });

  test('a relay that remembered how far it has read would lose it', async () => {
    let highest = 0n;
    const published: string[] = [];
    const publishFromHighest = async (): Promise<void> => {
      const { rows } = await pool.query<{ position: bigint; aggregate_id: string }>(
        'select position, aggregate_id from messaging.outbox where position > $1 order by position',
        [highest],
      );
      for (const { position, aggregate_id: aggregateId } of rows) {
        published.push(aggregateId);
        highest = position;
      }
    };
    const held = await hold('late', 1);
    await append('early', 1);
    await publishFromHighest();
    await held.commit();
    await publishFromHighest();
    expect(published).toEqual(['early']);
  });

  test('a later version waits for the transaction of the one before it', async () => {
    const { bus, published } = createRecorder();
    const held = await hold('a', 1);
    const second = append('a', 2);
    await append('b', 1);
    await publishOutbox(connection, bus, always);
    expect(keys(published)).toEqual(['b1']);
    await held.commit();
    await second;
    await publishOutbox(connection, bus, always);
    expect(keys(published)).toEqual(['b1', 'a1', 'a2']);
  });

  test('publishes again what was published and not marked', async () => {
    const { bus, published } = createRecorder();
    await append('a', 1);
    await append('a', 2);
    const breaking: EventBus = {
      ...bus,
      async publish(topic, events) {
        await bus.publish(topic, events);
        throw new Error('the answer was lost');
      },
    };
    await expect(publishOutbox(connection, breaking, always)).rejects.toThrow('the answer was lost');
    await publishOutbox(connection, bus, always);
    await publishOutbox(connection, bus, always);
    expect(keys(published)).toEqual(['a1', 'a2', 'a1', 'a2']);
    expect(new Set(published.map(({ id }) => id)).size).toBe(2);
  });

  describe('with an event that the bus does not take', () => {
    const refusing = (bus: EventBus, refused: (event: CloudEvent) => boolean): EventBus => ({
      ...bus,
      async publish(topic, events) {
        // As Kafka does: what stands before it may be in the log already.
        const first = events.findIndex(refused);
        await bus.publish(topic, first < 0 ? events : events.slice(0, first));
        if (first >= 0) throw new EventsRefused('too large');
      },
    });
    const isBad = ({ subject, aggregateversion }: CloudEvent): boolean =>
      subject === 'a' && aggregateversion === 2;
    const due = (): Promise<unknown> => retryRefused(pool);

    test('holds up what follows of its aggregate, and nothing else', async () => {
      const { bus, published } = createRecorder();
      for (const version of [1, 2, 3])
        for (const aggregate of ['a', 'b', 'c']) await append(aggregate, version);
      const told: string[] = [];
      await publishOutbox(
        connection,
        refusing(bus, isBad),
        always,
        () => undefined,
        ({ subject, aggregateversion }, reason) => told.push(`${subject}${aggregateversion}: ${reason}`),
      );
      expect([...new Set(keys(published))].sort()).toEqual(['a1', 'b1', 'b2', 'b3', 'c1', 'c2', 'c3']);
      expect(told).toEqual(['a2: too large']);
      await append('a', 4);
      await append('b', 4);
      published.splice(0);
      await publishOutbox(connection, refusing(bus, isBad), always);
      expect(keys(published)).toEqual(['b4']);
      expect(await listRefused(pool)).toMatchObject([
        { aggregateId: 'a', aggregateVersion: 2, reason: 'too large', attempts: 1, behind: 2 },
      ]);
      expect(await readMessagingFigures(pool, 'orders')).toMatchObject({ unpublished: 3, refused: 1 });
    });

    test('is published when the bus takes it, before what waits behind it', async () => {
      const { bus, published } = createRecorder();
      for (const version of [1, 2, 3]) await append('a', version);
      await publishOutbox(connection, refusing(bus, isBad), always);
      await due();
      await publishOutbox(connection, refusing(bus, isBad), always);
      expect(await listRefused(pool)).toMatchObject([{ attempts: 2, behind: 1 }]);
      await due();
      published.splice(0);
      await publishOutbox(connection, bus, always);
      expect(keys(published)).toEqual(['a2', 'a3']);
      expect(await listRefused(pool)).toEqual([]);
      await publishOutbox(connection, bus, always);
      expect(published).toHaveLength(2);
    });

    test('finds every one of many, and loses and overtakes nothing', async () => {
      const { bus, published } = createRecorder();
      const aggregates = Array.from({ length: 40 }, (_, index) => `x${index}`);
      const bad = ({ subject, aggregateversion }: CloudEvent): boolean =>
        Number(subject.slice(1)) % 7 === 0 && aggregateversion === 2;
      for (const number of [1, 2, 3]) {
        await pgTransaction(pool, (sql) =>
          outbox.appendAll(
            sql,
            aggregates.map((aggregateId) => outboxEvent(Counted, { aggregateId, data: { number } })),
          ),
        );
      }
      await publishOutbox(connection, refusing(bus, bad), always);
      await due();
      await publishOutbox(connection, bus, always);
      for (const aggregate of aggregates) {
        const versions = published
          .filter(({ subject }) => subject === aggregate)
          .map((each) => each.aggregateversion);
        // Seen for the first time, in order: what comes again is recognised by consumers.
        expect([...new Set(versions)]).toEqual([1, 2, 3]);
      }
    });

    test('is not taken for one while the bus does not answer', async () => {
      const { bus } = createRecorder();
      await append('a', 1);
      const down: EventBus = { ...bus, publish: () => Promise.reject(new Error('no answer')) };
      await expect(publishOutbox(connection, down, always)).rejects.toThrow('no answer');
      expect(await listRefused(pool)).toEqual([]);
    });
  });

  test('publishes nothing once it may not go on', async () => {
    const { bus, published } = createRecorder();
    await append('a', 1);
    await publishOutbox(connection, bus, () => false);
    expect(published).toEqual([]);
  });
});
