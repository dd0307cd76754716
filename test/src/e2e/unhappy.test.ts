import { waitUntil } from '@foyer/platform/testing';
import { randomUUID } from 'node:crypto';
import { checkInvariants } from '../harness/checkInvariants.js';
import { OPERATIONS } from '../harness/operations.js';
import {
  availabilityOf,
  CANCEL,
  onPayPage,
  orderIs,
  payable,
  placeOrder,
  readOrder,
  RETRY,
  toPay,
  type OrderAnswer,
} from '../harness/purchase.js';
import { newEventOnSale, newPerson, type Person } from '../harness/story.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';

let system: TestSystem;
let organizer: Person;

beforeAll(async () => {
  system = await startTestSystem({
    INVENTORY_HOLD_SECONDS: '8',
    PAYMENTS_CLOSE_BEFORE_HOLD_SECONDS: '1',
    INVENTORY_SWEEP_MS: '200',
  });
  organizer = await newPerson(system, 'Organizer');
});

afterEach(async () => {
  expect(await checkInvariants(system.variables)).toEqual([]);
});

afterAll(async () => {
  await system.stop();
});

describe('a purchase that does not go smoothly', () => {
  it('declined, then paid at the second attempt', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const buyer = await newPerson(system);
    const order = await toPay(buyer, offer);
    await onPayPage(order.payment?.payUrl, 'decline');
    await waitUntil(
      async () => (await readOrder(buyer, order.id)).payment?.status === 'FAILED',
      'the decline',
    );
    const unknown = { orderId: order.id, paymentProvider: 'NOBODY', idempotencyKey: randomUUID() };
    expect(await buyer.ask(RETRY, { input: unknown })).toMatchObject({ code: 'UNKNOWN_PROVIDER' });
    // A payment that was never made is not shown.
    expect((await readOrder(buyer, order.id)).payment?.id).toBe(order.payment?.id);
    const { order: again } = await buyer.ask<OrderAnswer>(RETRY, {
      input: { orderId: order.id, paymentProvider: 'SANDBOX', idempotencyKey: randomUUID() },
    });
    expect(again?.status).toBe('PENDING');
    await onPayPage((await payable(buyer, order.id)).payment?.payUrl, 'pay');
    const completed = await orderIs(buyer, order.id, 'COMPLETED');
    expect(completed.tickets).toHaveLength(1);
  });

  it('abandoned until the hold ends: cancelled, and the unit is back', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const buyer = await newPerson(system);
    const order = await toPay(buyer, offer);
    await onPayPage(order.payment?.payUrl, 'abandon');
    expect((await availabilityOf(buyer, offer)).state).toBe('HELD');
    const cancelled = await orderIs(buyer, order.id, 'CANCELLED');
    expect(cancelled.reason).toBe('NOT_PAID_IN_TIME');
    await waitUntil(async () => (await availabilityOf(buyer, offer)).available === 1, 'the unit');
  });

  it('paid after the hold has ended, with units left: completes', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const buyer = await newPerson(system);
    const order = await toPay(buyer, offer);
    await waitUntil(async () => (await availabilityOf(buyer, offer)).available === 1, 'the end of the hold');
    await onPayPage(order.payment?.payUrl, 'late');
    const completed = await orderIs(buyer, order.id, 'COMPLETED');
    expect(completed.tickets).toHaveLength(1);
    expect((await availabilityOf(buyer, offer)).state).toBe('SOLD_OUT');
  });

  it('paid after the hold has ended, with nothing left: refunded by itself, and says so', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const [late, quick] = [await newPerson(system), await newPerson(system)];
    const order = await toPay(late, offer);
    await waitUntil(async () => (await availabilityOf(late, offer)).available === 1, 'the end of the hold');
    const taken = await toPay(quick, offer);
    await onPayPage(taken.payment?.payUrl, 'pay');
    await orderIs(quick, taken.id, 'COMPLETED');
    await onPayPage(order.payment?.payUrl, 'late');
    const ended = await waitUntil(async () => {
      const now = await readOrder(late, order.id);
      return now.refunded.amount === order.total.amount ? now : null;
    }, 'the refund');
    expect(ended.tickets).toEqual([]);
    expect(['NOT_PAID_IN_TIME', 'SOLD_OUT_AFTER_PAYMENT']).toContain(ended.reason);
  });

  it('paid after it was cancelled: refunded, never held again', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 1 });
    const buyer = await newPerson(system);
    const order = await toPay(buyer, offer);
    const { order: cancelled } = await buyer.ask<OrderAnswer>(CANCEL, { id: order.id });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', reason: 'BY_BUYER' });
    await onPayPage(order.payment?.payUrl, 'late');
    await waitUntil(
      async () => (await readOrder(buyer, order.id)).refunded.amount === order.total.amount,
      'the refund',
    );
    expect((await availabilityOf(buyer, offer)).available).toBe(1);
  });

  it('sent five times at once with one key: one order', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 10 });
    const buyer = await newPerson(system);
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => placeOrder(buyer, offer, { idempotencyKey, quantity: 2 })),
    );
    const ids = new Set(answers.map(({ order }) => order?.id));
    expect(ids.size).toBe(1);
    expect([...ids][0]).toBeDefined();
    await waitUntil(async () => (await availabilityOf(buyer, offer)).available === 8, 'the one hold');
    expect(await placeOrder(buyer, offer, { idempotencyKey, quantity: 1 })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('cancelled by policy after payment: refunded in full, units back', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 2, cancellable: true });
    const buyer = await newPerson(system);
    const order = await toPay(buyer, offer, { quantity: 2 });
    await onPayPage(order.payment?.payUrl, 'pay');
    await orderIs(buyer, order.id, 'COMPLETED');
    await buyer.ask(CANCEL, { id: order.id });
    await waitUntil(
      async () => (await readOrder(buyer, order.id)).refunded.amount === order.total.amount,
      'the refund',
    );
    await waitUntil(async () => (await availabilityOf(buyer, offer)).available === 2, 'the units');
  });

  it('event cancelled: every order refunded', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 5 });
    const buyers = await Promise.all([newPerson(system), newPerson(system)]);
    const orders = await Promise.all(buyers.map((buyer) => toPay(buyer, offer)));
    await onPayPage(orders[0]?.payment?.payUrl, 'pay');
    await orderIs(buyers[0], orders[0]?.id ?? '', 'COMPLETED');
    await organizer.ask(OPERATIONS.cancelEvent, { id: offer.eventId });
    await waitUntil(async () => {
      const paid = await readOrder(buyers[0], orders[0]?.id ?? '');
      const unpaid = await readOrder(buyers[1], orders[1]?.id ?? '');
      return paid.refunded.amount === paid.total.amount && unpaid.reason === 'EVENT_CANCELLED';
    }, 'the end of both orders');
  });
});

describe('bad input', () => {
  it.each<[string, object, string]>([
    ['a changed price', { expectedTotal: { amount: 1, currency: 'USD' } }, 'PRICE_CHANGED'],
    ['another currency', { expectedTotal: { amount: 1070, currency: 'EUR' } }, 'PRICE_CHANGED'],
    [
      'a negative quantity',
      { quantity: -1, expectedTotal: { amount: 1070, currency: 'USD' } },
      'INVALID_INPUT',
    ],
    [
      'a huge quantity',
      { quantity: 2_000_000, expectedTotal: { amount: 1070, currency: 'USD' } },
      'INVALID_INPUT',
    ],
    ['more than one person may have', { quantity: 3 }, 'LIMIT_EXCEEDED'],
  ])('%s is refused and holds nothing', async (_, purchase, code) => {
    const offer = await newEventOnSale(system, organizer, { total: 5, limitPerPerson: 2 });
    const buyer = await newPerson(system);
    const answer = await placeOrder(buyer, offer, purchase);
    expect(answer.code).toBe(code);
    expect(answer.message).not.toBe('');
    expect((await availabilityOf(buyer, offer)).available).toBe(5);
  });

  it('unknown and foreign ids name nothing', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 5 });
    const [buyer, stranger] = [await newPerson(system), await newPerson(system)];
    const order = await toPay(buyer, offer);
    const foreign = await stranger.ask<OrderAnswer | null>(
      `query ($id: ID!) { answer: order(id: $id) { id } }`,
      { id: order.id },
    );
    expect(foreign).toBeNull();
    expect(await stranger.ask(CANCEL, { id: order.id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await buyer.ask(CANCEL, { id: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await buyer.ask(CANCEL, { id: "'; drop table orders" })).toMatchObject({
      code: expect.stringMatching(/NOT_FOUND|INVALID_INPUT/),
    });
    const unknown = { ...offer, offerId: randomUUID() };
    expect(await placeOrder(buyer, unknown, { expectedTotal: { amount: 1, currency: 'USD' } })).toMatchObject(
      { code: 'NOT_FOUND' },
    );
  });

  it('a sale that has not begun is refused, and says when it does', async () => {
    const offer = await newEventOnSale(system, organizer, { saleStartsIn: 3600 });
    const buyer = await newPerson(system);
    expect(await placeOrder(buyer, offer)).toMatchObject({ code: 'NOT_ON_SALE' });
  });

  it('an ended session is refused everywhere within seconds', async () => {
    const person = await newPerson(system);
    await person.request(`mutation { logout { __typename } }`);
    await waitUntil(
      () =>
        person.request(`{ me { id } }`).then(
          () => false,
          (error: unknown) => String(error).includes('UNAUTHENTICATED'),
        ),
      'the refusal',
    );
  });
});
