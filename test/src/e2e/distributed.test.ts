import { brokerAvailable } from '@foyer/kafka/broker';
import { redisAvailable } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import {
  startDistributedTestSystem,
  type DistributedTestSystem,
} from '../harness/startDistributedTestSystem.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';
import { describeBrowser } from './suites/browser.js';
import { describeGraphqlLimits } from './suites/graphqlLimits.js';
import { describeOvertaking, SANDBOX_SECRET } from './suites/overtaking.js';
import { describeNoOverselling } from './suites/oversell.js';
import { describeSharedUpstream } from './suites/sharedUpstream.js';
import { describeSubgraphDown } from './suites/subgraphDown.js';
import { describeTicketPurchase } from './suites/ticketPurchase.js';
import { describeUnhappyPurchases } from './suites/unhappy.js';

const PEOPLE = 150;

const SUITES = {
  'ticket purchase': describeTicketPurchase,
  'unhappy purchases': describeUnhappyPurchases,
  overtaking: describeOvertaking,
  'shared upstream': describeSharedUpstream,
  'limits of GraphQL': describeGraphqlLimits,
  browser: describeBrowser,
  'a subgraph that is down': describeSubgraphDown,
} satisfies Readonly<Record<string, (shared: () => Promise<DistributedTestSystem>) => void>>;

// The suites of the system in one process, on all the processes, Kafka and Redis: one start for all of them.
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
        PAYMENTS_SANDBOX_WEBHOOK_SECRET: SANDBOX_SECRET,
      });
    });

    afterAll(async () => {
      await system.stop();
    });

    // Each in a block of its own: what a suite does around each of its tests is not done around the others'.
    for (const [name, describeSuite] of Object.entries(SUITES)) describe(name, () => describeSuite(shared));

    describe('a crowd', () => {
      let stage: DistributedTestSystem;
      let organizer: Person;
      let people: readonly Person[];

      beforeAll(async () => {
        stage = await shared();
        organizer = await newPerson(stage, 'Organizer');
        people = await newPeople(stage, PEOPLE);
      });

      afterAll(async () => {
        await stage.stop();
      });

      describeNoOverselling(() => ({ stage, organizer, people }));
    });
  });
});
