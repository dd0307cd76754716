import { createLog, createPool, Environment, newId, pgTransaction, type SubgraphName } from '@foyer/platform';
import { requireEngine, waitUntil } from '@foyer/platform/testing';
import type { Pool } from 'pg';
import { brokerAvailable } from '../broker/brokerAvailable.js';
import type { Broker } from '../broker/startBroker.js';
import { createBusFromEnvironment } from '../bus/createBusFromEnvironment.js';
import type { EventBus } from '../bus/eventBus.js';
import { EventCreated, EventPublished, EventUpdated, type EventSnapshot } from '../contracts/index.js';
import { eventCopy } from '../copies/index.js';
import { createOutbox, outboxEvent, type OutboxEvent } from '../outbox/createOutbox.js';
import { createTestBus } from '../testing/createTestBus.js';
import { createTestSubgraph, type TestSubgraph } from '../testing/createTestSubgraph.js';
import { startTestBroker } from '../testing/startTestBroker.js';
import { RebuildUsageError, runRebuild } from './runRebuild.js';

const PATIENCE = 60_000;

const snapshot = (eventId: string, name: string): EventSnapshot => ({
  eventId,
  organizationId: eventId,
  name,
  status: 'DRAFT',
  venue: { name: 'Opera', address: 'Street 1', city: 'Hanoi', timeZone: 'Asia/Ho_Chi_Minh' },
  startsAt: '2027-01-01T20:00:00.000Z',
  endsAt: '2027-01-01T22:00:00.000Z',
  configuration: null,
});

/** The copy of catalog's events that orders keeps, rebuilt while events arrive over a bus. */
function describeRebuild(adapter: string, openBus: () => Promise<EventBus>): void {
  describe(`npm run rebuild, on ${adapter}`, () => {
    let bus: EventBus;
    let catalog: TestSubgraph;
    let orders: TestSubgraph;
    let said: string[];
    const opened: Pool[] = [];
    const outbox = createOutbox('catalog');

    beforeEach(async () => {
      said = [];
      bus = await openBus();
      catalog = await createTestSubgraph('catalog', bus);
      orders = await createTestSubgraph('orders', bus);
    });

    afterEach(async () => {
      for (const pool of opened.splice(0)) await pool.end();
      await catalog.remove();
      await orders.remove();
      await bus.close();
    });

    const urls: Partial<Record<SubgraphName, () => string>> = {
      catalog: () => catalog.url,
      orders: () => orders.url,
    };
    const run = (args: readonly string[], onStep?: (step: string) => Promise<void>): Promise<void> =>
      runRebuild(args, {
        async open(subgraph) {
          const pool = createPool(urls[subgraph]?.() ?? '', { max: 2, applicationName: 'foyer-rebuild' });
          opened.push(pool);
          return pool;
        },
        say: (line) => said.push(line),
        ...(onStep && { onStep }),
      });

    const publish = (definition: OutboxEvent['definition'], data: EventSnapshot): Promise<unknown> =>
      pgTransaction(catalog.pool, (sql) =>
        outbox.appendAll(sql, [outboxEvent(definition, { aggregateId: data.eventId, data })]),
      );
    const copies = async (): Promise<Readonly<Record<string, unknown>>> => {
      const { rows } = await orders.pool.query<{ id: string; name: string; version: bigint }>(
        `select event_id as id, snapshot ->> 'name' as name, version from copies.event order by event_id`,
      );
      return Object.fromEntries(rows.map(({ id, name, version }) => [id, `${name}, ${version}`]));
    };
    const copied = (id: string, line: string): Promise<unknown> =>
      waitUntil(async () => (await copies())[id] === line, `the copy of ${id} being "${line}"`, PATIENCE);

    test('builds the copy of events in orders anew while catalog goes on publishing', async () => {
      await catalog.messaging([]).start();
      await orders.messaging(eventCopy.handlers()).start();
      const ids = Array.from({ length: 20 }, () => newId());
      for (const id of ids) await publish(EventCreated, snapshot(id, 'draft'));
      for (const id of ids) await publish(EventPublished, snapshot(id, 'published'));
      for (const id of ids) await copied(id, 'published, 2');
      const before = await copies();
      // Damaged, as by a handler that was wrong once.
      await orders.pool.query(`update copies.event set snapshot = snapshot || '{"name":"wrong"}'`);

      const [first = '', second = ''] = ids;
      const late = newId();
      await run(['orders.event-copy'], async (step) => {
        if (step !== 'caught-up') return;
        await publish(EventUpdated, snapshot(first, 'updated meanwhile'));
        await publish(EventCreated, snapshot(late, 'created meanwhile'));
        await copied(first, 'updated meanwhile, 3');
        await copied(late, 'created meanwhile, 1');
      });

      expect(await copies()).toEqual({
        ...before,
        [first]: 'updated meanwhile, 3',
        [late]: 'created meanwhile, 1',
      });
      expect(said.at(-1)).toMatch(/^orders.event-copy is built anew from \d+ events.$/);
      await publish(EventUpdated, snapshot(second, 'updated afterwards'));
      await copied(second, 'updated afterwards, 3');
    });

    test('a copy that the subgraph never had is built when it is asked for', async () => {
      await catalog.messaging([]).start();
      const id = newId();
      await publish(EventCreated, snapshot(id, 'draft'));
      await expect(run(['orders.event-copy'])).rejects.toThrow(
        /orders has handled no event for its event-copy/,
      );
      expect(await copies()).toEqual({});
      await run(['orders.event-copy', '--new']);
      expect(await copies()).toEqual({ [id]: 'draft, 1' });
    });
  });
}

test.each([[[]], [['orders']], [['nobody.event-copy']], [['orders.copy']], [['orders.event-copy', 'x']]])(
  'says how it is called: %j',
  async (args) => {
    const nothing = { open: () => Promise.reject(new Error('opened')), say: () => undefined };
    await expect(runRebuild(args, nothing)).rejects.toThrow(/npm run rebuild -- SUBGRAPH.PROJECTION/);
    await expect(runRebuild([...args, '--no'], nothing)).rejects.toThrow(RebuildUsageError);
  },
);

describeRebuild('the log in Postgres', () => createTestBus());

requireEngine('Apache Kafka', brokerAvailable())('with a broker', () => {
  let broker: Broker;

  beforeAll(async () => {
    broker = await startTestBroker();
  });

  afterAll(() => broker.stop());

  describeRebuild('Apache Kafka', () =>
    createBusFromEnvironment(
      new Environment({
        KAFKA_BROKERS: broker.brokers,
        KAFKA_TOPIC_PREFIX: `${newId()}.`,
        BUS_PARTITIONS: '4',
      }),
      createLog('test', 'silent'),
    ),
  );
});
