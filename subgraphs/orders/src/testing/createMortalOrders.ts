import { OrganizationMemberAdded, PaymentCompleted } from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent, waitUntil, type TestBus } from '@foyer/kafka/testing';
import { createPool, newId, type Identity } from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import { Fakes } from './createFakes.js';
import type { TestOrders } from './createTestOrders.js';
import { forkOrders, type OrdersProcess } from './forkOrders.js';
import { serveFakes } from './serveFakes.js';

/** Orders in a process that dies and is started again on the same database, beside fakes that live on. */
export interface MortalOrders extends Pick<TestOrders, 'ask' | 'fakes' | 'tell' | 'pay' | 'organizationId'> {
  readonly bus: TestBus;
  readonly pool: ReturnType<typeof createPool>;
  /** Of the organization that sells. */
  readonly owner: Identity & { readonly kind: 'user' };
  /** The process that lives now. */
  readonly running: OrdersProcess;
  /** Resolves when every saga has ended well, however often a process dies on the way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it. `ask` asks as a client does that wants its answer: the same again, of whichever process lives. */
export async function createMortalOrders(
  environment: Readonly<Record<string, string>> = {},
): Promise<MortalOrders> {
  const organizationId = newId();
  const owner = person();
  const fakes = new Fakes();
  const database = await createTestDatabase('orders');
  const bus = await createTestBus();
  const pool = createPool(database.url, { max: 2, applicationName: 'test' });
  const served = await serveFakes(fakes);
  const start = (): Promise<OrdersProcess> =>
    forkOrders({
      databaseUrl: database.url,
      busUrl: bus.url,
      fakesUrl: served.url,
      environment: { ORDERS_SAGA_LEASE_MS: '500', ORDERS_SAGA_POLL_MS: '50', ...environment },
    });
  let running = await start();
  const ask: MortalOrders['ask'] = async (as, query, variables = {}) => {
    for (;;) {
      try {
        return await running.ask(as, query, variables);
      } catch (error) {
        if (!String(error).includes('has ended')) throw error;
        const signal = await running.ended;
        if (signal !== 'SIGKILL') throw new Error(`orders ended with ${signal}`);
        running = await start();
      }
    }
  };
  const tell: MortalOrders['tell'] = (topic, ...events) => publishAndSettle(bus, 'orders', topic, events);
  const member = { organizationId, userId: owner.userId, role: 'OWNER', listingIds: null } as const;
  await tell(
    'user-events',
    testEvent(OrganizationMemberAdded, { aggregateId: organizationId, data: member }),
  );
  return {
    organizationId,
    owner,
    fakes,
    bus,
    pool,
    get running() {
      return running;
    },
    ask,
    tell,
    async pay(paymentId) {
      const payment = fakes.payments.get(paymentId);
      if (!payment) throw new Error('there is no such payment');
      payment.status = 'COMPLETED';
      const { orderId, amount, provider } = payment;
      const data = { paymentId, orderId, provider, amount, at: new Date().toISOString() };
      await bus.publish('payment-events', [testEvent(PaymentCompleted, { aggregateId: paymentId, data })]);
    },
    async settled() {
      await waitUntil(async () => {
        // Keeps a process alive that dies in the background.
        await ask(owner, 'query ($id: ID!) { order(id: $id) { id } }', { id: newId() });
        const { rows } = await pool.query(`select 1 from saga where state not in ('ENDED', 'UNDONE')`);
        return rows.length === 0;
      }, 'every saga being over');
    },
    async stop() {
      await running.kill();
      await served.close();
      await bus.close();
      await pool.end();
      await database.drop();
    },
  };
}
