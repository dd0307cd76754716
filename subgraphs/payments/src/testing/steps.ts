import { waitUntil } from '@foyer/platform/testing';
import { newId } from '@foyer/platform';
import { ORDERS, person, type Harness } from './createHarness.js';

/** What a test asks a payment for. */
export interface NewPayment {
  readonly paymentId?: string;
  readonly orderId?: string;
  readonly personId?: string;
  readonly organizationId?: string;
  readonly amount?: { readonly amount: number; readonly currency: string };
  readonly provider?: string;
  readonly holdExpiresAt?: Date;
  readonly description?: string;
}

/** A complete input. */
export function paymentInput(payment: NewPayment = {}) {
  return {
    paymentId: newId(),
    orderId: newId(),
    personId: newId(),
    organizationId: newId(),
    amount: { amount: 12_500, currency: 'USD' },
    provider: 'SANDBOX',
    holdExpiresAt: new Date(Date.now() + 15 * 60_000),
    description: '2 × Standing, The Long Night',
    ...payment,
  };
}

/** An answer of a mutation. */
export interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly payment?: { readonly id: string; readonly status: string };
  readonly status?: string;
  readonly fields?: readonly { readonly path: string; readonly rule: string }[];
  readonly refundable?: { readonly amount: number } | null;
}

/** Asks for a payment as orders does. */
export async function create(harness: Harness, input: object): Promise<Answer> {
  const query = `mutation ($input: CreatePaymentInput!) { createPayment(input: $input) {
    __typename
    ... on PaymentReady { payment { id status } }
    ... on Refusal { code message }
    ... on InvalidInput { fields { path rule } }
  } }`;
  return (await harness.run<{ createPayment: Answer }>(ORDERS, query, { input })).createPayment;
}

/** Cancels a payment as orders does. */
export async function cancel(harness: Harness, paymentId: string): Promise<Answer> {
  const query = `mutation ($paymentId: ID!) { cancelPayment(paymentId: $paymentId) {
    __typename ... on PaymentClosed { status } ... on Refusal { code message }
  } }`;
  return (await harness.run<{ cancelPayment: Answer }>(ORDERS, query, { paymentId })).cancelPayment;
}

/** Asks for a refund as orders does. */
export async function refund(
  harness: Harness,
  paymentId: string,
  amount: number,
  { refundId = newId(), currency = 'USD', reason = 'Event cancelled' } = {},
): Promise<Answer> {
  const query = `mutation ($input: RequestRefundInput!) { requestRefund(input: $input) {
    __typename ... on Refusal { code message } ... on RefundRefused { refundable { amount } }
    ... on InvalidInput { fields { path rule } }
  } }`;
  const input = { refundId, paymentId, amount: { amount, currency }, reason };
  return (await harness.run<{ requestRefund: Answer }>(ORDERS, query, { input })).requestRefund;
}

/** A payment as the graph shows it to somebody. */
export interface PaymentView {
  readonly id: string;
  readonly status: string;
  readonly payUrl: string | null;
  readonly failureReason: string | null;
  readonly refunded: { readonly amount: number; readonly currency: string; readonly exponent: number };
  readonly refunds: readonly { readonly status: string; readonly failureReason: string | null }[];
}

/** Reads a payment as somebody. */
export async function read(harness: Harness, id: string, personId: string): Promise<PaymentView | null> {
  const query = `query ($id: ID!) { payment(id: $id) {
    id status payUrl failureReason refunded { amount currency exponent } refunds { status failureReason }
  } }`;
  return (await harness.run<{ payment: PaymentView | null }>(person(personId), query, { id })).payment;
}

/** Waits until a payment has a status. */
export async function settled(harness: Harness, id: string, status: string): Promise<void> {
  await waitUntil(async () => {
    const { rows } = await harness.pool.query(`select from payment where id = $1 and status = $2`, [
      id,
      status,
    ]);
    return rows.length > 0;
  }, `payment ${status}`);
}

/** Makes a payment and gives where its owner pays. */
export async function payable(harness: Harness, payment: NewPayment = {}) {
  const input = paymentInput(payment);
  const answer = await create(harness, input);
  if (answer.__typename !== 'PaymentReady') throw new Error(JSON.stringify(answer));
  const { payUrl } = (await read(harness, input.paymentId, input.personId)) as PaymentView;
  return { ...input, payUrl: payUrl as string };
}

/** Presses a button of the pay page. */
export async function choose(payUrl: string, choice: string): Promise<Response> {
  return await fetch(payUrl, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' });
}

/** Moves a payment into the past: its page closed, or its hold too, this many seconds ago. */
export async function letTimePass(harness: Harness, id: string, what: 'page' | 'hold'): Promise<void> {
  const hold = what === 'hold' ? `foyer_now() - interval '1 second'` : 'hold_expires_at';
  await harness.pool.query(
    `update sandbox_session set expires_at = foyer_now() - interval '2 seconds' where reference = $1`,
    [id],
  );
  await harness.pool.query(
    `update payment set expires_at = foyer_now() - interval '2 seconds', hold_expires_at = ${hold},
       provider_expires_at = foyer_now(), next_attention_at = foyer_now() where id = $1`,
    [id],
  );
}

/** A payment with its money. */
export async function paid(harness: Harness, payment: NewPayment = {}) {
  const made = await payable(harness, payment);
  await choose(made.payUrl, 'pay');
  await settled(harness, made.paymentId, 'COMPLETED');
  return made;
}
