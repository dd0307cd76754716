import { createMetrics, pgTransaction, type Metrics } from '@foyer/platform';
import { counted, Counted } from '../testing/counted.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { createTestSubgraph, type TestSubgraph } from '../testing/createTestSubgraph.js';
import { createOutbox } from '../outbox/createOutbox.js';
import { measureMessaging } from './measureMessaging.js';

describe('measureMessaging', () => {
  let bus: TestBus;
  let orders: TestSubgraph;
  beforeAll(async () => {
    bus = await createTestBus();
    orders = await createTestSubgraph('orders', bus);
  });
  afterAll(async () => {
    await orders.remove();
    await bus.close();
  });

  const linesOf = async (metrics: Metrics): Promise<readonly string[]> =>
    (await metrics.text()).split('\n').filter((line) => /^foyer_(?!metrics)/.test(line));

  test('shows what waits in outbox, inbox and topics, and asks seldom', async () => {
    const outbox = createOutbox('orders');
    for (const number of [1, 2]) {
      await pgTransaction(orders.pool, (sql) =>
        outbox.append(sql, Counted, { aggregateId: 'a', data: { number } }),
      );
    }
    await orders.pool.query(
      `insert into messaging.parked_event
         (consumer_group, topic, event_id, aggregate_type, aggregate_id, aggregate_version, type, event, state,
          next_attempt_at)
       select 'orders', 'order-events', number::text, 'test', 'a', number, 'test.counted', '{}',
         case number when 1 then 'DEAD' else 'WAITING' end, now()
       from generate_series(1, 5) as number`,
    );
    await bus.publish(Counted.topic, [counted('b', 1), counted('b', 2), counted('c', 1)]);
    const metrics = createMetrics();
    let asked = 0;
    const remove = measureMessaging(metrics, {
      subgraph: 'orders',
      pool: orders.pool,
      topics: [Counted.topic],
      relays: true,
      bus: {
        ...bus,
        lag: (group, topics) => {
          asked += 1;
          return bus.lag(group, topics);
        },
      },
    });
    const expected = [
      'foyer_outbox_unpublished_events{subgraph="orders"} 2',
      'foyer_refused_events{subgraph="orders"} 0',
      'foyer_parked_events{subgraph="orders"} 4',
      'foyer_dead_events{subgraph="orders"} 1',
      `foyer_bus_lag_events{group="orders",topic="${Counted.topic}"} 3`,
    ];
    for (let scrape = 0; scrape < 20; scrape += 1) expect(await linesOf(metrics)).toEqual(expected);
    expect(asked).toBe(1);
    remove();
    expect(await linesOf(metrics)).toEqual([]);
  });
});
