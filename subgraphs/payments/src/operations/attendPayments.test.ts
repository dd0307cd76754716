import { waitUntil } from '@foyer/platform/testing';
import { createFakeProvider, type FakeProvider } from '../testing/createFakeProvider.js';
import { createHarness, type Harness } from '../testing/createHarness.js';
import { choose, letTimePass, payable, read, settled } from '../testing/steps.js';

describe('attendPayments', () => {
  let harness: Harness;
  let fake: FakeProvider;

  beforeEach(async () => {
    fake = createFakeProvider();
    harness = await createHarness({ providers: [fake] });
  });

  afterEach(() => harness.stop());

  test('a page that closed is not yet an expired payment; the end of the hold is, once the provider was asked', async () => {
    const { paymentId, payUrl, personId } = await payable(harness);
    await letTimePass(harness, paymentId, 'page');
    expect(await (await fetch(payUrl)).text()).toContain('This page is closed');
    await waitUntil(async () => {
      const { rows } = await harness.pool.query(`select from sandbox_webhook where delivered_at is not null`);
      return rows.length === 1;
    });
    expect(await read(harness, paymentId, personId)).toMatchObject({ status: 'PENDING', payUrl: null });
    await letTimePass(harness, paymentId, 'hold');
    await settled(harness, paymentId, 'EXPIRED');
    expect(await harness.eventsOf(paymentId)).toEqual(['payment.created', 'payment.expired']);
  });

  test('a provider that does not answer keeps it pending; one that says paid completes it', async () => {
    const { paymentId } = await payable(harness, { provider: 'FAKE' });
    fake.script.closePayment = () => {
      throw new Error('connection reset');
    };
    await letTimePass(harness, paymentId, 'hold');
    await waitUntil(() => fake.calls.includes(`closePayment ${paymentId}`));
    expect(await harness.eventsOf(paymentId)).toEqual(['payment.created']);
    fake.script.closePayment = () => ({ state: 'PAID', amount: 12_500n, currency: 'USD' });
    await settled(harness, paymentId, 'COMPLETED');
  });

  test('a provider that keeps it open keeps it pending', async () => {
    const { paymentId } = await payable(harness, { provider: 'FAKE' });
    fake.script.closePayment = () => ({ state: 'OPEN' });
    await letTimePass(harness, paymentId, 'hold');
    await waitUntil(() => fake.calls.filter((call) => call.startsWith('closePayment')).length >= 2);
    fake.script.closePayment = () => ({ state: 'CLOSED' });
    await settled(harness, paymentId, 'EXPIRED');
  });

  test('a webhook that was lost is found by asking', async () => {
    const { paymentId } = await payable(harness, { provider: 'FAKE' });
    fake.script.queryPayment = () => ({ state: 'PAID', amount: 12_500n, currency: 'USD' });
    await harness.pool.query(`update payment set next_attention_at = foyer_now()`);
    await settled(harness, paymentId, 'COMPLETED');
  });

  test('money that comes after the hold has ended is captured, and told', async () => {
    const { paymentId, payUrl } = await payable(harness);
    await letTimePass(harness, paymentId, 'hold');
    await settled(harness, paymentId, 'EXPIRED');
    await choose(payUrl, 'late');
    await settled(harness, paymentId, 'COMPLETED');
    expect(await harness.eventsOf(paymentId)).toEqual([
      'payment.created',
      'payment.expired',
      'payment.completed',
    ]);
  });

  test('late money whose webhook was lost is found by asking too', async () => {
    const { paymentId } = await payable(harness, { provider: 'FAKE' });
    await letTimePass(harness, paymentId, 'hold');
    await settled(harness, paymentId, 'EXPIRED');
    fake.script.queryPayment = () => ({ state: 'PAID', amount: 12_500n, currency: 'USD' });
    await waitUntil(async () => {
      // As soon as a minute has passed, which the test does not wait for.
      await harness.pool.query(`update payment set next_attention_at = foyer_now() where status = 'EXPIRED'`);
      const { rows } = await harness.pool.query(`select from payment where status = 'COMPLETED'`);
      return rows.length === 1;
    });
  });

  test('every call is in the log, also the one that failed', async () => {
    const { paymentId } = await payable(harness, { provider: 'FAKE' });
    fake.script.closePayment = () => {
      throw new Error('connection reset');
    };
    await letTimePass(harness, paymentId, 'hold');
    const calls = await waitUntil(async () => {
      const { rows } = await harness.pool.query<{ operation: string; outcome: string; response: unknown }>(
        `select operation, outcome, response from provider_call where payment_id = $1 and outcome is not null order by id`,
        [paymentId],
      );
      return rows.length >= 2 && rows;
    });
    expect(calls[0]).toMatchObject({ operation: 'createPayment', outcome: 'OK' });
    expect(calls[1]).toEqual({
      operation: 'closePayment',
      outcome: 'UNAVAILABLE',
      response: { message: 'connection reset' },
    });
  });
});
