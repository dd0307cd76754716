import { createInventory } from '@foyer/inventory';
import { createPayments } from '@foyer/payments';
import { createGate } from '../harness/gate.js';
import { createHmac } from 'node:crypto';
import { queryable, type Queryable } from '@foyer/kafka';
import { createPool, type Subgraph } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../harness/checkInvariants.js';
import {
  availabilityOf,
  CANCEL,
  onPayPage,
  orderIs,
  placed,
  readOrder,
  toPay,
  type OrderAnswer,
} from '../harness/purchase.js';
import { quiet } from '../harness/quiet.js';
import { newEventOnSale, newPerson, type Person } from '../harness/story.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';

/** What the sandbox signs its webhooks with. */
const SANDBOX_SECRET = 'what the sandbox signs its webhooks with';

const paidWebhook = (paymentId: string, amount: number) =>
  JSON.stringify({
    id: paymentId,
    type: 'payment.paid',
    data: { reference: paymentId, session: paymentId, amount, currency: 'USD' },
  });

const gate = createGate();
const guarded = async (subgraph: Promise<Subgraph>): Promise<Subgraph> => gate.before(await subgraph);
let system: TestSystem;
let organizer: Person;
let buyer: Person;
let pool: ReturnType<typeof createPool>;
let payments: Queryable;

beforeAll(async () => {
  system = await startTestSystem(
    { PAYMENTS_SANDBOX_WEBHOOK_SECRET: SANDBOX_SECRET, ORDERS_ANSWER_WITHIN_MS: '200' },
    {
      factories: () =>
        Promise.resolve({
          inventory: (parts) => guarded(createInventory(parts)),
          payments: (parts) => guarded(createPayments(parts)),
        }),
    },
  );
  organizer = await newPerson(system, 'Organizer');
  buyer = await newPerson(system, 'Buyer');
  pool = createPool(system.variables['PAYMENTS_DATABASE_URL'] ?? '', { max: 1, applicationName: 'test' });
  payments = queryable(pool);
});

afterEach(async () => {
  expect(await checkInvariants(system.variables)).toEqual([]);
});

afterAll(async () => {
  await pool.end();
  await system.stop();
});

/** Sends a webhook to payments, as the sandbox does. */
function send(body: string, secret = SANDBOX_SECRET): Promise<Response> {
  const time = Math.floor(Date.now() / 1000);
  const mac = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  return fetch(`${system.addresses.payments}/webhooks/sandbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sandbox-signature': `t=${time},v1=${mac}` },
    body,
  });
}

describe('the webhook', () => {
  it('sent three times more, at once: one capture, one order', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const order = await toPay(buyer, offer);
    const { id } = order;
    const paymentId = order.payment?.id ?? '';
    await onPayPage(order.payment?.payUrl, 'pay');
    const [sent] = await waitUntil(async () => {
      const rows = await payments.query<{ body: string }>(
        `select body from sandbox_webhook where body::json->'data'->>'reference' = $1`,
        [paymentId],
      );
      return rows.length === 1 ? rows : null;
    }, 'the webhook');
    const answers = await Promise.all([1, 2, 3].map(() => send(sent?.body ?? '')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await orderIs(buyer, id, 'COMPLETED')).tickets).toHaveLength(1);
    await quiet(system.variables);
    const captures = await payments.query<{ amount: bigint }>(
      `select e.amount from ledger_transaction t join ledger_entry e on e.transaction_id = t.id
       where t.payment_id = $1 and e.account = 'PROVIDER_CLEARING'`,
      [paymentId],
    );
    expect(captures).toEqual([{ amount: BigInt(order.total.amount) }]);
    const events = await payments.query(
      `select 1 from messaging.outbox where aggregate_id = $1 and type = 'payment.completed'`,
      [paymentId],
    );
    expect(events).toHaveLength(1);
  });

  it('forged: nothing changes, and it is counted', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const { id, total, payment } = await toPay(buyer, offer);
    const paymentId = payment?.id ?? '';
    const body = paidWebhook(paymentId, total.amount);
    expect((await send(body, 'another secret')).status).toBe(401);
    // True, but for less than is asked.
    expect((await send(paidWebhook(paymentId, total.amount - 1))).status).toBe(200);
    await quiet(system.variables);
    expect(await readOrder(buyer, id)).toMatchObject({ status: 'PENDING', payment: { status: 'PENDING' } });
    await waitUntil(async () => {
      const [row] = await payments.query<{ count: bigint }>(
        `select coalesce(sum(count), 0)::bigint as count from webhook_rejection where reason = 'SIGNATURE'`,
      );
      return row?.count === 1n;
    }, 'the count');
    await buyer.ask(CANCEL, { id });
  });
});

describe('what overtakes', () => {
  it.each([
    ['a release its hold', 'holdOffers'],
    ['the closing of a payment its making', 'createPayment'],
  ])('%s: nothing is held, nothing can be paid', async (_, operation) => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const held = gate.hold(operation);
    const { id, status } = await placed(buyer, offer);
    expect(status).toBe('PENDING');
    await held.arrived;
    const { order } = await buyer.ask<OrderAnswer>(CANCEL, { id });
    expect(order).toMatchObject({ status: 'CANCELLED', reason: 'BY_BUYER' });
    await waitUntil(async () => {
      const rows = await inventoryHolds(id);
      return rows.length === 1 && rows[0]?.state === 'RELEASED';
    }, 'the release');
    held.open();
    await quiet(system.variables);
    await waitUntil(async () => (await availabilityOf(buyer, offer)).available === 1, 'the unit');
    const after = await readOrder(buyer, id);
    expect(after).toMatchObject({ status: 'CANCELLED', reason: 'BY_BUYER', tickets: [] });
    expect(after.payment?.payUrl ?? null).toBeNull();
  });
});

async function inventoryHolds(orderId: string): Promise<readonly { state: string }[]> {
  const own = createPool(system.variables['INVENTORY_DATABASE_URL'] ?? '', {
    max: 1,
    applicationName: 'test',
  });
  try {
    return (await own.query<{ state: string }>(`select state from hold where order_id = $1`, [orderId])).rows;
  } finally {
    await own.end();
  }
}
