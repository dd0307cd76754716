import { choose, paid, payable, read, refund, settled } from './testing/steps.js';
import { createHarness, type Harness } from './testing/createHarness.js';

describe('a payment by SANDBOX', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await createHarness();
  });

  afterAll(() => harness.stop());

  test('is paid on the page, told by webhook, published once', async () => {
    const { paymentId, personId, payUrl } = await payable(harness);
    const answer = await choose(payUrl, 'pay');
    expect(answer.status).toBe(303);
    await settled(harness, paymentId, 'COMPLETED');
    expect(await harness.eventsOf(paymentId)).toEqual(['payment.created', 'payment.completed']);
    expect(await read(harness, paymentId, personId)).toMatchObject({ status: 'COMPLETED', payUrl: null });
  });

  test('is given back in parts, then wholly', async () => {
    const { paymentId } = await paid(harness);
    expect((await refund(harness, paymentId, 500)).__typename).toBe('RefundAccepted');
    await settled(harness, paymentId, 'PARTIALLY_REFUNDED');
    await refund(harness, paymentId, 12_000);
    await settled(harness, paymentId, 'REFUNDED');
    expect(await harness.eventsOf(paymentId)).toEqual([
      'payment.created',
      'payment.completed',
      'payment.refunded',
      'payment.refunded',
    ]);
  });
});
