import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { SAGA_COMMIT_POINTS, type CommitPoint } from '@foyer/orders';
import { checkInvariants } from '../harness/checkInvariants.js';
import { startMortalOrders, type MortalOrders } from '../harness/mortalOrders.js';
import { bothSidesOf, type MortalProcess, type PlaceToDie } from '../harness/mortalProcess.js';
import { startMortalSystem, type MortalSystem } from '../harness/mortalSystem.js';
import {
  CANCEL,
  onPayPage,
  orderIs,
  payable,
  placeOrder,
  readOrder,
  REFUND,
  RETRY,
  type OrderAnswer,
  type OrderView,
  type Purchase,
} from '../harness/purchase.js';
import { newEventOnSale, newPerson, type OnSale, type Person, type Stage } from '../harness/story.js';

type Variables = Readonly<Record<string, string>>;

const ORDINARY: Variables = {};
/** Holds that end while the story waits. */
const SHORT_HOLDS: Variables = { INVENTORY_HOLD_SECONDS: '6', PAYMENTS_CLOSE_BEFORE_HOLD_SECONDS: '1' };
/** Placing an order is given up soon when payments does not answer. */
const IMPATIENT: Variables = { ORDERS_PLACE_WITHIN_SECONDS: '1' };

/** What leads through which commits. */
interface Scenario {
  readonly through: readonly CommitPoint[];
  readonly variables?: Variables;
  /** @param doom from now on the system dies before and after each of the commits, in their order. */
  run(doom: () => Promise<void>): Promise<void>;
}

let system: Stage & Pick<MortalProcess, 'deaths' | 'killAt' | 'insist'>;
let orders: MortalOrders;
let organizer: Person;
let paid: OnSale;
let free: OnSale;
let buyer: Person;
let late: Person;

/** What is killed is at it again soon. */
const IMPATIENT_SAGAS: Variables = {
  ORDERS_SAGA_LEASE_MS: '800',
  ORDERS_SAGA_POLL_MS: '100',
  ORDERS_EXPIRY_POLL_MS: '200',
  ORDERS_EXPIRY_GRACE_MS: '300',
  INVENTORY_SWEEP_MS: '200',
  PAYMENTS_PROVIDER_TIMEOUT_MS: '1000',
};

/** From now on the scenarios play here. */
async function playOn(stage: typeof system): Promise<void> {
  system = stage;
  organizer = await newPerson(system, 'Organizer');
  buyer = await newPerson(system, 'Buyer');
  late = await newPerson(system, 'Late');
  paid = await newEventOnSale(system, organizer, { total: 1000, limitPerPerson: 100 });
  free = await newEventOnSale(system, organizer, { total: 1000, limitPerPerson: 100, price: 0 });
}

/** Asks until there is an answer, always under the same key. */
async function place(offer: OnSale, purchase: Purchase = {}, person = buyer): Promise<OrderAnswer> {
  const idempotencyKey = randomUUID();
  const answer = await system.insist(() => placeOrder(person, offer, { ...purchase, idempotencyKey }));
  if (answer.order) {
    const again = await system.insist(() => placeOrder(person, offer, { ...purchase, idempotencyKey }));
    expect(again.order?.id).toBe(answer.order.id);
  }
  return answer;
}

async function toPay(offer: OnSale, purchase: Purchase = {}, person = buyer): Promise<OrderView> {
  const answer = await place(offer, purchase, person);
  if (!answer.order) throw new Error(`the order was refused: ${JSON.stringify(answer)}`);
  const { id } = answer.order;
  return system.insist(() => payable(person, id));
}

const choose = (order: OrderView, choice: Parameters<typeof onPayPage>[1]) =>
  system.insist(() => onPayPage(order.payment?.payUrl, choice));
const until = (id: string, status: string, person = buyer) =>
  system.insist(() => orderIs(person, id, status));
const refunded = ({ id, total }: OrderView, person = buyer) =>
  system.insist(() =>
    waitUntil(async () => (await readOrder(person, id)).refunded.amount === total.amount, 'the refund'),
  );

async function retry({ id }: OrderView): Promise<OrderView> {
  const input = { orderId: id, paymentProvider: 'SANDBOX', idempotencyKey: randomUUID() };
  await system.insist(() => buyer.ask<OrderAnswer>(RETRY, { input }));
  return system.insist(() => payable(buyer, id));
}

const A_PURCHASE: Scenario = {
  through: ['PLACE.BEGIN', 'PLACE.HOLD', 'PLACE.CREATE_PAYMENT', 'COMPLETE.BEGIN', 'COMPLETE.CONFIRM'],
  async run(doom) {
    await doom();
    const order = await toPay(paid);
    await choose(order, 'pay');
    expect((await until(order.id, 'COMPLETED')).tickets).toHaveLength(1);
  },
};

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a purchase that costs nothing': {
    through: ['PLACE.CONFIRM'],
    async run(doom) {
      await doom();
      const { order } = await place(free, { quantity: 2 });
      expect((await until(order?.id ?? '', 'COMPLETED')).tickets).toHaveLength(2);
    },
  },
  'an order with another price than was seen': {
    through: ['PLACE.UNDO_HOLD'],
    async run(doom) {
      await doom();
      const answer = await place(paid, { expectedTotal: { amount: 1, currency: 'USD' } });
      expect(answer).toMatchObject({ code: 'PRICE_CHANGED', total: { amount: 1070 } });
    },
  },
  'declined, then paid at the second attempt': {
    through: ['RETRY.BEGIN', 'RETRY.CREATE_PAYMENT'],
    async run(doom) {
      await doom();
      const order = await toPay(paid);
      await choose(order, 'decline');
      await system.insist(() =>
        waitUntil(async () => (await readOrder(buyer, order.id)).payment?.status === 'FAILED', 'the decline'),
      );
      await choose(await retry(order), 'pay');
      expect((await until(order.id, 'COMPLETED')).tickets).toHaveLength(1);
    },
  },
  'a purchase by a payment that was replaced': {
    through: ['RETRY.CANCEL_PAYMENT', 'COMPLETE.CANCEL_PAYMENT'],
    async run(doom) {
      await doom();
      const order = await toPay(paid);
      const again = await retry(order);
      expect(again.payment?.id).not.toBe(order.payment?.id);
      await choose(order, 'late');
      expect((await until(order.id, 'COMPLETED')).tickets).toHaveLength(1);
    },
  },
  'a cancellation before payment': {
    through: ['CANCEL.BEGIN', 'CANCEL.CANCEL_PAYMENT', 'CANCEL.RELEASE'],
    async run(doom) {
      await doom();
      const order = await toPay(paid);
      await system.insist(() => buyer.ask(CANCEL, { id: order.id }));
      expect((await until(order.id, 'CANCELLED')).reason).toBe('BY_BUYER');
    },
  },
  'a refund of one ticket of two': {
    through: ['REFUND.BEGIN', 'REFUND.RETURN_UNITS', 'REFUND.REFUND_PAYMENT'],
    async run(doom) {
      await doom();
      const order = await toPay(paid, { quantity: 2 });
      await choose(order, 'pay');
      const { tickets } = await until(order.id, 'COMPLETED');
      const input = {
        orderId: order.id,
        ticketIds: [tickets[0]?.id],
        reason: 'Ill.',
        idempotencyKey: randomUUID(),
      };
      const answer = await system.insist(() => organizer.ask<OrderAnswer>(REFUND, { input }));
      expect(answer.__typename).toBe('RefundPaymentPayload');
      const after = await until(order.id, 'PARTIALLY_REFUNDED');
      expect(after.refunded.amount * 2).toBe(order.total.amount);
    },
  },
  'a hold that ends unpaid': {
    through: ['EXPIRE.BEGIN', 'EXPIRE.CANCEL_PAYMENT'],
    variables: SHORT_HOLDS,
    async run(doom) {
      await doom();
      const { order } = await place(paid);
      expect((await until(order?.id ?? '', 'CANCELLED')).reason).toBe('NOT_PAID_IN_TIME');
    },
  },
  'money that comes when everything is sold': {
    through: ['COMPLETE.CONFIRM'],
    variables: SHORT_HOLDS,
    async run(doom) {
      const scarce = await newEventOnSale(system, organizer, { total: 1 });
      const order = await toPay(scarce, {}, late);
      await until(order.id, 'CANCELLED', late);
      const taken = await toPay(scarce);
      await choose(taken, 'pay');
      await until(taken.id, 'COMPLETED');
      await doom();
      await choose(order, 'late');
      await refunded(order, late);
      expect(await system.insist(() => readOrder(late, order.id))).toMatchObject({
        status: 'REFUNDED',
        tickets: [],
      });
    },
  },
  'an order whose payment is made and nobody hears of it': {
    through: ['PLACE.UNDO_CREATE_PAYMENT'],
    variables: IMPATIENT,
    async run(doom) {
      orders.loseAnswersTo('createPayment');
      await doom();
      const { code, order } = await place(paid);
      // Either the refusal reached the buyer, or their next attempt found payments well again.
      if (!order) expect(code).toBe('UNAVAILABLE');
      else {
        await choose(await system.insist(() => payable(buyer, order.id)), 'pay');
        await until(order.id, 'COMPLETED');
      }
    },
  },
};

const died = new Set<PlaceToDie>();

/** Plays one, dying before and after each of its commits. */
async function survive({ through, run }: Scenario): Promise<void> {
  const places = bothSidesOf(through);
  const { deaths } = system;
  await run(() => system.killAt(places));
  await waitUntil(() => system.deaths - deaths === places.length, `the deaths ${places.join(', ')}`);
  expect(await checkInvariants(system.variables)).toEqual([]);
  // It died once at each, and the process after them lives.
  expect(system.deaths - deaths).toBe(places.length);
  for (const place of places) died.add(place);
}

describe('the whole system, killed', () => {
  let whole: MortalSystem;

  beforeAll(async () => {
    whole = await startMortalSystem(IMPATIENT_SAGAS);
    await playOn(whole);
  });

  afterAll(async () => {
    await whole.stop();
  });

  test(`in a purchase, before and after ${A_PURCHASE.through.join(', ')}, goes on where it was`, async () => {
    await survive(A_PURCHASE);
  });
});

describe('orders, killed', () => {
  let present = ORDINARY;

  beforeAll(async () => {
    orders = await startMortalOrders(IMPATIENT_SAGAS);
    await playOn(orders);
  });

  afterAll(async () => {
    await orders.stop();
  });

  test.each(
    Object.entries(SCENARIOS).map(
      ([name, scenario]) => [name, scenario.through.join(', '), scenario] as const,
    ),
  )('in %s, before and after %s, goes on where it was', async (_name, _points, scenario) => {
    const { variables = ORDINARY } = scenario;
    if (variables !== present) await orders.restart(variables);
    present = variables;
    await survive(scenario);
  });
});

test('every commit that the sagas list has been died at, before and after', () => {
  // Only reservations are changed: `reservationKill.test.ts`.
  const points = SAGA_COMMIT_POINTS.filter((point) => !point.startsWith('CHANGE.'));
  expect(died).toEqual(new Set(bothSidesOf(points)));
});
