import type { PaymentObservation, RefundObservation } from '../domain/observation.js';
import type {
  PaymentProvider,
  ProviderPayment,
  ProviderRefundRequest,
} from '../providers/paymentProvider.js';

/** Replaces what a provider does at a call; what it gives or throws is the provider's answer. */
type Scripted<Call extends (...input: never[]) => unknown> = (
  ...input: Parameters<Call>
) => Awaited<ReturnType<Call>> | Promise<Awaited<ReturnType<Call>>>;

/** A provider that does as the test says. */
export interface FakeProvider extends PaymentProvider {
  /** Calls so far, `createPayment 0197…`. */
  readonly calls: string[];
  /** Set to script a call. */
  script: {
    createPayment: Scripted<PaymentProvider['createPayment']>;
    closePayment: Scripted<PaymentProvider['closePayment']>;
    queryPayment: Scripted<PaymentProvider['queryPayment']>;
    refund: Scripted<PaymentProvider['refund']>;
    queryRefund: Scripted<PaymentProvider['queryRefund']>;
  };
}

/** Makes every payment, says OPEN until it is closed, carries out every refund at once. Believes every webhook:
 * `{ paymentId, amount }` says that this much was paid, in USD. */
export function createFakeProvider(
  capabilities: PaymentProvider['capabilities'] = { currencies: ['USD'], shortestExpirySeconds: 0 },
): FakeProvider {
  const calls: string[] = [];
  const closed: PaymentObservation = { state: 'CLOSED' };
  const script: FakeProvider['script'] = {
    createPayment: ({ paymentId }): ProviderPayment => ({
      reference: `fake ${paymentId}`,
      payUrl: `https://fake.example/${paymentId}`,
    }),
    closePayment: () => closed,
    queryPayment: (): PaymentObservation => ({ state: 'OPEN' }),
    refund: ({ refundId, amount }: ProviderRefundRequest): RefundObservation => ({
      state: 'SUCCEEDED',
      reference: `fake ${refundId}`,
      amount: BigInt(amount.amount),
      currency: amount.currency,
    }),
    queryRefund: (): RefundObservation => ({ state: 'UNKNOWN' }),
  };
  const noted = async <Answer>(call: string, answer: () => Answer | Promise<Answer>): Promise<Answer> => {
    calls.push(call);
    return await answer();
  };
  const fake: FakeProvider = {
    name: 'FAKE',
    capabilities,
    calls,
    script,
    createPayment: (request) =>
      noted(`createPayment ${request.paymentId}`, () => fake.script.createPayment(request)),
    closePayment: (key) => noted(`closePayment ${key.paymentId}`, () => fake.script.closePayment(key)),
    queryPayment: (key) => noted(`queryPayment ${key.paymentId}`, () => fake.script.queryPayment(key)),
    refund: (request) => noted(`refund ${request.refundId}`, () => fake.script.refund(request)),
    queryRefund: (key) => noted(`queryRefund ${key.refundId}`, () => fake.script.queryRefund(key)),
    readWebhook({ rawBody }) {
      const content = JSON.parse(rawBody.toString()) as { paymentId: string; amount: number };
      const observation = { state: 'PAID', amount: BigInt(content.amount), currency: 'USD' } as const;
      return { content, notice: { about: 'PAYMENT', paymentId: content.paymentId, observation } };
    },
    answerWebhook: () => ({ status: 200, contentType: 'text/plain', body: 'OK' }),
  };
  return fake;
}
