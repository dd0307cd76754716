import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { REFUSAL } from './operations.js';
import type { OnSale, Person } from './story.js';

/** An order as the tests look at it. */
export interface OrderView {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly reason: string | null;
  readonly version: number;
  readonly total: { readonly amount: number; readonly currency: string };
  readonly refunded: { readonly amount: number };
  readonly payBy: string | null;
  readonly payment: { readonly id: string; readonly payUrl: string | null; readonly status: string } | null;
  readonly tickets: readonly {
    readonly id: string;
    readonly status: string;
    readonly code: string | null;
    readonly shortCode: string | null;
  }[];
}

/** What came of placing or changing an order. */
export interface OrderAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly order?: OrderView;
  readonly total?: { readonly amount: number; readonly currency: string };
}

/** Fields of an order that the tests look at. */
export const ORDER = `id code status reason version total { amount currency } refunded { amount } payBy
  payment { id payUrl status } tickets { id status code shortCode }`;

/** Places an order. @param fields of the order to be answered with. */
export const PLACE = (fields: string) => `mutation ($input: PlaceOrderInput!) {
  answer: placeOrder(input: $input) {
    ${REFUSAL} ... on PlaceOrderPayload { order { ${fields} } } ... on PriceChanged { total { amount currency } }
  }
}`;

/** What lines would cost. */
export const QUOTE = `query ($lines: [OrderLineInput!]!) {
  answer: quoteOrder(lines: $lines) { total { amount currency } }
}`;

/** An order by its id. */
export const READ_ORDER = `query ($id: ID!) { answer: order(id: $id) { ${ORDER} } }`;

/** Replaces an order's payment by another. */
export const RETRY = `mutation ($input: RetryPaymentInput!) {
  answer: retryPayment(input: $input) { ${REFUSAL} ... on RetryPaymentPayload { order { ${ORDER} } } }
}`;

/** Cancels an order. */
export const CANCEL = `mutation ($id: ID!) {
  answer: cancelOrder(input: { orderId: $id }) { ${REFUSAL} ... on CancelOrderPayload { order { ${ORDER} } } }
}`;

/** Gives back single tickets of an order, or all of it. */
export const REFUND = `mutation ($input: RefundPaymentInput!) {
  answer: refundPayment(input: $input) { ${REFUSAL} ... on RefundPaymentPayload { order { ${ORDER} } } }
}`;

/** What somebody buys. */
export interface Purchase {
  readonly quantity?: number;
  readonly admissionToken?: string | null;
  readonly idempotencyKey?: string;
  readonly expectedTotal?: { readonly amount: number; readonly currency: string };
  /** Fields of the order to be answered with; all that the tests look at by default. */
  readonly fields?: string;
}

/** Places an order for the total that a quote shows, unless told otherwise. */
export async function placeOrder(
  person: Person,
  { offerId }: OnSale,
  purchase: Purchase = {},
): Promise<OrderAnswer> {
  const { quantity = 1, admissionToken = null, idempotencyKey = randomUUID(), fields = ORDER } = purchase;
  const lines = [{ offerId, quantity }];
  const expectedTotal =
    purchase.expectedTotal ??
    (await person.ask<{ total: { amount: number; currency: string } }>(QUOTE, { lines })).total;
  return person.ask<OrderAnswer>(PLACE(fields), {
    input: {
      idempotencyKey,
      lines,
      expectedTotal,
      admissionToken,
      paymentProvider: 'SANDBOX',
      // Orders may not have heard of somebody who has just registered.
      buyer: { name: person.name, email: person.email },
    },
  });
}

/** Places an order that must be made. @returns it as it was answered: a slow system may not have its payment yet. */
export async function placed(person: Person, offer: OnSale, purchase: Purchase = {}): Promise<OrderView> {
  const answer = await placeOrder(person, offer, purchase);
  if (!answer.order) throw new Error(`the order was refused: ${JSON.stringify(answer)}`);
  return answer.order;
}

/** An order once there is a page to pay on. */
export function payable(person: Person, id: string): Promise<OrderView> {
  return waitUntil(async () => {
    const order = await readOrder(person, id);
    return order.payment?.status === 'PENDING' && order.payment.payUrl ? order : null;
  }, 'the pay page');
}

/** Places an order that costs something, and must be made. @returns it once there is a page to pay on. */
export async function toPay(person: Person, offer: OnSale, purchase: Purchase = {}): Promise<OrderView> {
  const { id } = await placed(person, offer, { ...purchase, fields: 'id' });
  return payable(person, id);
}

/** What somebody does on the pay page; `late` is money that comes after all, whatever the page says. */
export type PayPageChoice = 'pay' | 'decline' | 'abandon' | 'late';

/** Opens the pay page and chooses, as the browser's form does. */
export async function onPayPage(payUrl: string | null | undefined, choice: PayPageChoice): Promise<void> {
  if (!payUrl) throw new Error('there is no pay page');
  const page = await fetch(payUrl);
  if (page.status !== 200) throw new Error(`the pay page answers ${page.status}`);
  const answer = await fetch(payUrl, {
    method: 'POST',
    body: new URLSearchParams({ choice }),
    redirect: 'manual',
  });
  if (answer.status !== 303 && answer.status !== 200)
    throw new Error(`the pay page answers ${answer.status} to ${choice}`);
}

/** Reads an order. */
export async function readOrder(person: Person, id: string): Promise<OrderView> {
  return person.ask<OrderView>(READ_ORDER, { id });
}

/** Waits for an order to reach a status. */
export async function orderIs(person: Person, id: string, status: string): Promise<OrderView> {
  let last: OrderView | null = null;
  try {
    return await waitUntil(async () => {
      last = await readOrder(person, id);
      return last.status === status ? last : null;
    }, `order ${status}`);
  } catch (error) {
    throw new Error(`${(error as Error).message}; last: ${JSON.stringify(last)}`, { cause: error });
  }
}

/** How an offer stands. */
export async function availabilityOf(
  person: Person,
  { eventId }: OnSale,
): Promise<{ state: string; available: number }> {
  const event = await person.ask<{ availability: { offers: { state: string; available: number }[] } }>(
    `query ($id: ID!) { answer: event(id: $id) { availability { offers { state available } } } }`,
    { id: eventId },
  );
  const [offer] = event.availability.offers;
  if (!offer) throw new Error('the event has no offer');
  return offer;
}
