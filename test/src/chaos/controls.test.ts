import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerAvailable, startBroker, type Broker } from '@foyer/kafka/broker';
import { urlVariable } from '@foyer/platform';
import { requireEngine, waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../harness/checkInvariants.js';
import { joinLine, watchPlace } from '../harness/line.js';
import { CANCEL, placed, toPay } from '../harness/purchase.js';
import { quiet } from '../harness/quiet.js';
import { createRemoteSubgraph, type RemoteSubgraph } from '../harness/remoteSubgraph.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newEventOnSale, newPerson, type Person } from '../harness/story.js';
import { createEcho, type Echo } from './nemesis/createEcho.js';
import { createRandom } from './random.js';

const HARNESS = join(__dirname, '../harness');
const ONE_AT_A_TIME = { maximumInCheckout: 1, admissionsPerMinute: 6000 };

// The control of the lock is in e2e/oversell.test.ts.
let folder: string;
let kafka: Broker;
let system: TestSystem;
let orders: RemoteSubgraph;
let payments: RemoteSubgraph;
let waitroom: RemoteSubgraph;
let echo: Echo;
let organizer: Person;

// The Postgres log knows an event that is published again; Kafka does not.
requireEngine('Apache Kafka', brokerAvailable())('the checker, while the bus is Kafka:', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foyer-controls-'));
    kafka = await startBroker({ folder });
    system = await startTestSystem(
      { ORDERS_ANSWER_WITHIN_MS: '500', KAFKA_BROKERS: kafka.brokers },
      {
        async factories(variables) {
          // Each finds the others by what is filled in before any of them is started.
          const addresses: Record<string, string> = { ...variables };
          const remote = async (name: 'orders' | 'payments' | 'waitroom'): Promise<RemoteSubgraph> => {
            const subgraph = await createRemoteSubgraph({ name, variables: addresses, processes: 1 });
            addresses[urlVariable(name)] = subgraph.urls[0] ?? '';
            return subgraph;
          };
          [orders, payments, waitroom] = [
            await remote('orders'),
            await remote('payments'),
            await remote('waitroom'),
          ];
          return { orders: orders.factory, payments: payments.factory, waitroom: waitroom.factory };
        },
      },
    );
    organizer = await newPerson(system, 'Organizer');
    echo = await createEcho(system.variables, createRandom('controls').fork('echo'));
  });

  afterAll(async () => {
    await echo.close();
    await system.stop();
    await kafka.stop();
    await rm(folder, { recursive: true });
  });

  describe('a process that is killed while it makes an order', () => {
    /** Orders dies with an order in hand that waits for payments; both are there again afterwards. */
    async function dieWithAnOrder(entry?: string): Promise<void> {
      const offer = await newEventOnSale(system, organizer, { total: 5 });
      const buyer = await newPerson(system, 'Buyer');
      await payments.kill();
      const order = await placed(buyer, offer, { fields: 'id status' });
      expect(order.status).toBe('PENDING');
      await orders.kill();
      await Promise.all([payments.start(), orders.start(entry)]);
    }

    it('control: without the log of its sagas nobody goes on with it, and the checker reports it', async () => {
      await orders.kill();
      await orders.start(join(HARNESS, 'ordersWithoutSagaLog.js'));
      await dieWithAnOrder(join(HARNESS, 'ordersWithoutSagaLog.js'));
      const faults = await checkInvariants(system.variables, 3000);
      expect(faults.join('\n')).toMatch(/saga PLACE of order .* is RUNNING at (HOLD|CREATE_PAYMENT)/);
    });

    it('with it another process does, and nothing is left to report', async () => {
      await orders.kill();
      await orders.start();
      await dieWithAnOrder();
      expect(await checkInvariants(system.variables)).toEqual([]);
    });
  });

  describe('messages that come again while somebody is in checkout', () => {
    /** Everything that was published comes again, in another order, between an admission's use and its end. */
    async function repeatDuringCheckout(): Promise<void> {
      const offer = await newEventOnSale(system, organizer, { total: 5, waitroom: ONE_AT_A_TIME });
      const buyer = await newPerson(system, 'Buyer');
      await joinLine(buyer, offer.eventId);
      const place = watchPlace(buyer, offer.eventId);
      await waitUntil(() => place.latest?.status === 'ADMITTED', 'the turn');
      const { id } = await toPay(buyer, offer, { admissionToken: place.latest?.admissionToken ?? null });
      await quiet(system.variables);
      expect(await echo.repeat(Infinity)).toBeGreaterThan(10);
      await quiet(system.variables);
      await buyer.ask(CANCEL, { id });
    }

    it('are recognised, and change nothing', async () => {
      await repeatDuringCheckout();
      expect(await checkInvariants(system.variables)).toEqual([]);
    });

    // Last: it leaves its databases wrong.
    it('control: with an inbox that does nothing they are handled again, and the checker reports it', async () => {
      await waitroom.kill();
      await waitroom.start(join(HARNESS, 'waitroomWithoutInbox.js'));
      await repeatDuringCheckout();
      const faults = (await checkInvariants(system.variables, 5000)).join('\n');
      expect(faults).toMatch(/waitroom .* SPENT: the entry has been spent already/);
      expect(faults).toMatch(/waitroom: admissions handled admission.spent \d+ times, of/);
    });
  });
});
