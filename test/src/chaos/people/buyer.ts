import { randomUUID } from 'node:crypto';
import type { Recorder } from '../../harness/createRecorder.js';
import { ORDER, PLACE, QUOTE, READ_ORDER, type OrderAnswer, type OrderView } from '../../harness/purchase.js';
import type { OnSale } from '../../harness/story.js';
import { NoAnswer, type GoodClient, type Patience } from './goodClient.js';
import { watchUntil } from './watchUntil.js';

/** Somebody who buys, and writes down what they are told. */
export interface Buyer {
  readonly id: string;
  readonly client: GoodClient;
  readonly recorder: Recorder;
  readonly patience: Patience;
}

const CHANGES = `subscription ($id: ID!) { answer: orderUpdated(orderId: $id) { ${ORDER} } }`;

/** What is bought. */
export interface Wish {
  readonly offer: OnSale;
  readonly quantity: number;
  /** null where the event has no waiting room. */
  readonly admissionToken: string | null;
}

/**
 * Places an order for what it costs now.
 * @param times how often the same order is sent at once, under one key.
 * @returns null when it was refused.
 */
export async function place(buyer: Buyer, wish: Wish, times = 1): Promise<OrderView | null> {
  const { client, recorder, id: personId } = buyer;
  const lines = [{ offerId: wish.offer.offerId, quantity: wish.quantity }];
  const { total } = await client.ask<{ total: object }>('read', QUOTE, { lines });
  const idempotencyKey = randomUUID();
  const input = {
    idempotencyKey,
    lines,
    expectedTotal: total,
    admissionToken: wish.admissionToken,
    paymentProvider: 'SANDBOX',
  };
  recorder.asked(personId, idempotencyKey);
  const answers = await Promise.all(
    Array.from({ length: times }, () => client.ask<OrderAnswer>('place', PLACE(ORDER), { input })),
  );
  for (const { code, order } of answers) {
    if (order) recorder.saw(personId, order, 0);
    else recorder.refused({ personId, idempotencyKey, code: code ?? 'no code' });
  }
  const orders = answers.flatMap(({ order }) => order ?? []);
  if (new Set(orders.map(({ id }) => id)).size > 1)
    recorder.contradict(`key ${idempotencyKey} made the orders ${orders.map(({ id }) => id).join(' and ')}`);
  // Of those sent twice one may have been refused before the other found something: that one is not bought then.
  return orders.length === times ? (orders[0] ?? null) : null;
}

/** Reads an order; it may not be older than what was shown before. */
export async function read({ client, recorder, id: personId }: Buyer, orderId: string): Promise<OrderView> {
  const least = recorder.versionOf(orderId);
  const order = await client.ask<OrderView>('read', READ_ORDER, { id: orderId });
  recorder.saw(personId, order, least);
  return order;
}

/** Watches an order until it is as wanted. @throws NoAnswer when it is not, in all the time that there is. */
export async function orderIs(
  buyer: Buyer,
  orderId: string,
  what: string,
  done: (order: OrderView) => boolean,
): Promise<OrderView> {
  const { client, recorder, patience, id: personId } = buyer;
  let newest: OrderView | null = null;
  return watchUntil<OrderView>(client, {
    subscription: CHANGES,
    variables: { id: orderId },
    async read() {
      if (Date.now() > patience.until)
        throw new NoAnswer(`order ${orderId} is not ${what}, but ${JSON.stringify(newest)}`);
      return read(buyer, orderId);
    },
    onValue(order) {
      newest = order;
      recorder.saw(personId, order, 0);
    },
    done,
  });
}

/** The order once it can be paid, or is over. */
export function payable(buyer: Buyer, orderId: string): Promise<OrderView> {
  return orderIs(
    buyer,
    orderId,
    'payable',
    ({ status, payment }) =>
      status !== 'PENDING' || (payment?.status === 'PENDING' && payment.payUrl !== null),
  );
}

/** What a pay page says in the end. */
export type PageState = 'Paid' | 'Declined' | 'This page is closed' | 'open';

/** Chooses on the pay page. @returns what it says then. */
export async function choose(
  { client, recorder }: Buyer,
  order: OrderView,
  choice: 'pay' | 'decline' | 'abandon' | 'late',
): Promise<PageState> {
  const page = await client.visit('pay', order.payment?.payUrl ?? '', { choice });
  const heading = /<h2 class="state[^"]*">([^<]+)</.exec(page)?.[1];
  if (heading === 'Paid') recorder.paid(order.id);
  return heading === 'Paid' || heading === 'Declined' || heading === 'This page is closed' ? heading : 'open';
}

/** Pays, and waits for what comes of it: the tickets, or the money back. @returns null when nothing could be paid. */
export async function pay(
  buyer: Buyer,
  placed: OrderView,
  choice: 'pay' | 'late' = 'pay',
): Promise<OrderView | null> {
  const order = placed.payment?.payUrl ? placed : await payable(buyer, placed.id);
  if (!order.payment?.payUrl) return null;
  if ((await choose(buyer, order, choice)) !== 'Paid') return null;
  return orderIs(
    buyer,
    order.id,
    'completed or refunded',
    ({ status, refunded, total }) =>
      status === 'COMPLETED' || (status !== 'PENDING' && refunded.amount === total.amount),
  );
}
