import { createLog, Environment, newId, pgTransaction, type SqlTransaction } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { brokerAvailable } from '../../broker/brokerAvailable.js';
import { createEventConsumer } from '../../inbox/createEventConsumer.js';
import { createOutbox } from '../../outbox/createOutbox.js';
import { counted, createApplied, readApplied, recordCounted } from '../../testing/counted.js';
import { createTestSubgraph, type TestSubgraph } from '../../testing/createTestSubgraph.js';
import { expelMember } from '../../testing/expelMember.js';
import { settle } from '../../testing/publishAndSettle.js';
import { startTestBroker, type TestBroker } from '../../testing/startTestBroker.js';
import { createBusFromEnvironment } from '../createBusFromEnvironment.js';
import type { BusBatch, Consumer, EventBus } from '../eventBus.js';

const TOPIC = 'order-events';
const GROUP = 'notifications';
const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

requireEngine('Apache Kafka', brokerAvailable())('a member of a group that is taken for dead', () => {
  let broker: TestBroker;
  let subgraph: TestSubgraph;
  let prefix: string;
  const buses: EventBus[] = [];
  /** Lets the zombie's batch begin. */
  let release: () => void = () => undefined;
  let held: Promise<void>;

  beforeAll(async () => {
    broker = await startTestBroker();
  });

  afterAll(() => broker.remove());

  beforeEach(async () => {
    prefix = `${newId()}.`;
    subgraph = await createTestSubgraph(GROUP, await open());
    await createApplied(subgraph.pool);
  });

  afterEach(async () => {
    release();
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    await subgraph.remove();
  });

  async function open(): Promise<EventBus> {
    const variables = { KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC_PREFIX: prefix, BUS_PARTITIONS: '1' };
    const bus = await createBusFromEnvironment(new Environment(variables), log);
    buses.push(bus);
    return bus;
  }

  /** A member whose handler has an inbox; `before` is awaited with each batch before anything is done with it. */
  function member(bus: EventBus, before: (batch: BusBatch) => Promise<void>, withInbox = true): Consumer {
    const slowed: EventBus = {
      ...bus,
      consume: (options) =>
        bus.consume({
          ...options,
          async onBatch(batch) {
            await before(batch);
            await options.onBatch(batch);
          },
        }),
    };
    const { pool } = subgraph;
    return createEventConsumer<SqlTransaction>({
      ...{ group: GROUP, bus: slowed, pool, log, handlers: [recordCounted()], outbox: createOutbox(GROUP) },
      transaction: (work) => pgTransaction(pool, (sql) => work(sql, withInbox ? sql : forgetful(sql))),
    });
  }

  /** A zombie has two events in hand; another member takes its partition and handles them; then the zombie goes on. */
  async function haunt(withInbox: boolean): Promise<readonly number[]> {
    const [first, second] = [await open(), await open()];
    let taken: () => void = () => undefined;
    const inHand = new Promise<void>((resolve) => {
      taken = resolve;
    });
    held = new Promise((resolve) => {
      release = resolve;
    });
    let isFirst = true;
    await member(
      first,
      async () => {
        if (!isFirst) return;
        isFirst = false;
        taken();
        await held;
      },
      withInbox,
    ).start();
    await second.publish(TOPIC, [counted('a', 1), counted('a', 2)]);
    await inHand;
    await expelMember(broker.brokers, `${prefix}${GROUP}`);
    await member(second, () => Promise.resolve(), withInbox).start();
    await settle(second, GROUP, [TOPIC]);
    release();
    await second.publish(TOPIC, [counted('a', 3)]);
    await settle(second, GROUP, [TOPIC]);
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    return await readApplied(subgraph.pool, 'a');
  }

  test('goes on with what it has in hand, and the inbox makes nothing of it', () => {
    return expect(haunt(true)).resolves.toEqual([1, 2, 3]);
  });

  test('and without an inbox it would be applied twice', async () => {
    const numbers = await haunt(false);
    for (const number of [1, 2]) expect(numbers.filter((each) => each === number).length).toBeGreaterThan(1);
  });
});

/** A transaction in which the inbox says of every event that it is new. */
function forgetful(sql: SqlTransaction): SqlTransaction {
  return {
    query: <Row extends object>(text: string, values?: readonly unknown[]) =>
      text.includes('enter_handler')
        ? Promise.resolve([{ verdict: 'HANDLE' }] as unknown as Row[])
        : sql.query<Row>(text, values),
    afterCommit: (action) => sql.afterCommit(action),
  };
}
