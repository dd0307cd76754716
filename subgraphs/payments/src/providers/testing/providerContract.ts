import { newId } from '@foyer/platform';
import type { IncomingWebhook, PaymentProvider } from '../paymentProvider.js';

/** A provider as its suite has it: with a payer, and with what it sends. */
export interface ProviderUnderTest {
  readonly provider: PaymentProvider;
  /** Amounts it takes. */
  readonly currency: string;
  /** Pays as the payer does, at the pay page. */
  pay(payUrl: string): Promise<void>;
  /** Has the payment declined; null where the provider knows no such end. */
  readonly decline: ((payUrl: string) => Promise<void>) | null;
  /** Has the next payment's webhook come in. Resolves with the oldest that was not taken yet. */
  nextWebhook(): Promise<IncomingWebhook>;
  stop(): Promise<void>;
}

const minutesFromNow = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

/**
 * What every adapter of the port must do. To be called at the top level of its test:
 *
 *     providerContract('SANDBOX', setUpSandbox);
 */
export function providerContract(name: string, setUp: () => Promise<ProviderUnderTest>): void {
  describe(`${name} keeps the contract of payment providers`, () => {
    let under: ProviderUnderTest;
    let provider: PaymentProvider;

    beforeEach(async () => {
      under = await setUp();
      provider = under.provider;
    });

    afterEach(() => under.stop());

    const request = () => ({
      paymentId: newId(),
      amount: { amount: 250_000, currency: under.currency },
      description: `"Lễ hội" <&> 'x'`,
      expiresAt: minutesFromNow(20),
    });
    const made = async () => {
      const wanted = request();
      const { reference, payUrl } = await provider.createPayment(wanted);
      return { ...wanted, payUrl, key: { paymentId: wanted.paymentId, reference } };
    };
    const paid = async () => {
      const payment = await made();
      await under.pay(payment.payUrl);
      return payment;
    };

    test('says who it is and what it can', () => {
      expect(provider.name).toMatch(/^[A-Z][A-Z0-9_]*$/);
      expect(provider.capabilities.shortestExpirySeconds).toBeGreaterThanOrEqual(0);
      const { currencies } = provider.capabilities;
      expect(currencies === null || currencies.includes(under.currency)).toBe(true);
    });

    test('the same id again, also at once, gives the same payment', async () => {
      const wanted = request();
      const answers = await Promise.all([provider.createPayment(wanted), provider.createPayment(wanted)]);
      answers.push(await provider.createPayment(wanted));
      expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
      const other = await provider.createPayment(request());
      expect(other.reference).not.toBe(answers[0]?.reference);
    });

    test('a new payment is open; one it has never heard of is unknown', async () => {
      const { key } = await made();
      expect(await provider.queryPayment(key)).toEqual({ state: 'OPEN' });
      const unknown = { paymentId: newId(), reference: null };
      expect(await provider.queryPayment(unknown)).toEqual({ state: 'UNKNOWN' });
      expect(await provider.closePayment(unknown)).toEqual({ state: 'UNKNOWN' });
    });

    test('can be asked by our id alone', async () => {
      const { key } = await made();
      expect(await provider.queryPayment({ ...key, reference: null })).toEqual({ state: 'OPEN' });
    });

    test('money is told with its amount, and is not lost by closing', async () => {
      const { key } = await paid();
      const money = { state: 'PAID', amount: 250_000n, currency: under.currency };
      expect(await provider.queryPayment(key)).toEqual(money);
      expect(await provider.closePayment(key)).toEqual(money);
      expect(await provider.queryPayment(key)).toEqual(money);
    });

    test('what was closed stays closed: it can not be paid, and asking for it again does not open it', async () => {
      const { key, payUrl, ...wanted } = await made();
      expect(await provider.closePayment(key)).toEqual({ state: 'CLOSED' });
      await under.pay(payUrl);
      expect(await provider.closePayment(key)).toEqual({ state: 'CLOSED' });
      await provider.createPayment(wanted);
      expect(await provider.queryPayment(key)).toEqual({ state: 'CLOSED' });
    });

    test('what was declined says why', async () => {
      if (under.decline === null) return;
      const { key, payUrl } = await made();
      await under.decline(payUrl);
      expect(await provider.queryPayment(key)).toEqual({
        state: 'DECLINED',
        reason: expect.any(String) as string,
      });
    });

    test('money goes back in parts, each once, never more than there is', async () => {
      const { key } = await paid();
      const part = (amount: number, refundId = newId()) => ({
        refundId,
        payment: key,
        amount: { amount, currency: under.currency },
        reason: 'Event cancelled',
      });
      const first = part(200_000);
      const answers = await Promise.all([provider.refund(first), provider.refund(first)]);
      for (const answer of answers) expect(['PENDING', 'SUCCEEDED']).toContain(answer.state);
      expect((await provider.refund(part(50_001))).state).toBe('FAILED');
      expect(['PENDING', 'SUCCEEDED']).toContain((await provider.refund(part(50_000))).state);
      expect((await provider.refund(part(1))).state).toBe('FAILED');
      const [answer] = answers;
      const reference = answer && 'reference' in answer ? answer.reference : null;
      const known = await provider.queryRefund({ refundId: first.refundId, payment: key, reference });
      expect(['PENDING', 'SUCCEEDED']).toContain(known.state);
    });

    test('there is nothing to give back of what is unpaid, and no refund that was never asked for', async () => {
      const { key } = await made();
      const amount = { amount: 1, currency: under.currency };
      const refundId = newId();
      expect((await provider.refund({ refundId, payment: key, amount, reason: 'x' })).state).toBe('FAILED');
      expect(await provider.queryRefund({ refundId, payment: key, reference: null })).toEqual({
        state: 'UNKNOWN',
      });
    });

    test('tells of money by a webhook that it can read', async () => {
      const { paymentId } = await paid();
      const { notice } = await provider.readWebhook(await under.nextWebhook());
      expect(notice).toEqual({
        about: 'PAYMENT',
        paymentId,
        observation: { state: 'PAID', amount: 250_000n, currency: under.currency },
      });
      expect(provider.answerWebhook(null).status).toBeLessThan(300);
    });

    test('a webhook that was changed by one byte, or comes without its headers, is turned away', async () => {
      await paid();
      const webhook = await under.nextWebhook();
      const read = async (incoming: IncomingWebhook): Promise<unknown> =>
        await provider.readWebhook(incoming);
      for (const position of [0, webhook.rawBody.length >> 1, webhook.rawBody.length - 1]) {
        const rawBody = Buffer.from(webhook.rawBody);
        rawBody[position] = (rawBody[position] ?? 0) ^ 1;
        await expect(read({ ...webhook, rawBody })).rejects.toMatchObject({ name: 'WebhookRejected' });
      }
      const none = read({ rawBody: Buffer.alloc(0), headers: {} });
      await expect(none).rejects.toMatchObject({ name: 'WebhookRejected' });
    });
  });
}
