import type { DemoClient } from './demoClient.js';

const REFUSAL = '... on Refusal { code message }';

/** Buys tickets and pays for them on the pay page, as a person would. Done once per idempotency key. */
export async function buyTickets(
  customer: DemoClient,
  purchase: { readonly offerId: string; readonly quantity: number; readonly idempotencyKey: string },
): Promise<void> {
  const { offerId, quantity, idempotencyKey } = purchase;
  const lines = [{ offerId, quantity }];
  const { total } = await customer.askUntilTaken<{ total: { amount: number; currency: string } }>(
    `query ($lines: [OrderLineInput!]!) { answer: quoteOrder(lines: $lines) { total { amount currency } } }`,
    { lines },
  );
  const { order } = await customer.askUntilTaken<{
    order: { status: string; payment: { payUrl: string | null } | null };
  }>(
    `mutation ($input: PlaceOrderInput!) {
      answer: placeOrder(input: $input) { ... on PlaceOrderPayload { order { status payment { payUrl } } } ${REFUSAL} }
    }`,
    { input: { lines, idempotencyKey, expectedTotal: total, paymentProvider: 'SANDBOX' } },
  );
  const payUrl = order.payment?.payUrl;
  if (payUrl)
    await fetch(payUrl, { method: 'POST', body: new URLSearchParams({ choice: 'pay' }), redirect: 'manual' });
}
