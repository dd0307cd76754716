import { brokerAvailable } from '@foyer/kafka/broker';
import { redisAvailable } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import {
  startDistributedTestSystem,
  type DistributedTestSystem,
} from '../harness/startDistributedTestSystem.js';
import { describeSharedUpstream } from './suites/sharedUpstream.js';
import { describeSubgraphDown } from './suites/subgraphDown.js';
import { describeTicketPurchase } from './suites/ticketPurchase.js';

const SUITES = {
  'ticket purchase': describeTicketPurchase,
  'shared upstream': describeSharedUpstream,
  'a subgraph that is down': describeSubgraphDown,
} satisfies Readonly<Record<string, (shared: () => Promise<DistributedTestSystem>) => void>>;

// What depends on there being processes, Kafka and Redis: one start for all of it. What does not is tested on the system in
// one process, and the ports' two adapters by their contracts.
requireEngine('Apache Kafka', brokerAvailable())('distributed', () => {
  requireEngine('Redis', redisAvailable())('on Kafka and Redis:', () => {
    let system: DistributedTestSystem;
    const shared = () => system.shared();

    beforeAll(async () => {
      system = await startDistributedTestSystem({
        INVENTORY_HOLD_SECONDS: '12',
        PAYMENTS_CLOSE_BEFORE_HOLD_SECONDS: '1',
        INVENTORY_SWEEP_MS: '200',
        ORDERS_ANSWER_WITHIN_MS: '3000',
      });
    });

    afterAll(async () => {
      await system.stop();
    });

    // Each in a block of its own: what a suite does around each of its tests is not done around the others'.
    for (const [name, describeSuite] of Object.entries(SUITES)) describe(name, () => describeSuite(shared));
  });
});
