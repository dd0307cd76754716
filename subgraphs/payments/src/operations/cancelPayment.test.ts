import { waitUntil } from '@foyer/platform/testing';
import { newId } from '@foyer/platform';
import { createFakeProvider, type FakeProvider } from '../testing/createFakeProvider.js';
import { createHarness, type Harness } from '../testing/createHarness.js';
import { cancel, choose, paid, payable, read, settled } from '../testing/steps.js';

describe('cancelPayment', () => {
  let harness: Harness;
  let fake: FakeProvider;

  beforeEach(async () => {
    fake = createFakeProvider();
    harness = await createHarness({ providers: [fake] });
  });

  afterEach(() => harness.stop());

  test('closes the pay page; again gives the same', async () => {
    const { paymentId, payUrl } = await payable(harness);
    for (let time = 0; time < 2; time++) {
      expect(await cancel(harness, paymentId)).toEqual({ __typename: 'PaymentClosed', status: 'CANCELLED' });
    }
    expect(await (await fetch(payUrl)).text()).toContain('This page is closed');
    await choose(payUrl, 'pay');
    await settled(harness, paymentId, 'CANCELLED');
  });

  test('finds money that was faster, also before its webhook', async () => {
    const { paymentId } = await paid(harness);
    expect(await cancel(harness, paymentId)).toMatchObject({ status: 'COMPLETED' });

    const faster = await payable(harness, { provider: 'FAKE' });
    fake.script.closePayment = () => ({ state: 'PAID', amount: 12_500n, currency: 'USD' });
    expect(await cancel(harness, faster.paymentId)).toMatchObject({ status: 'COMPLETED' });
    expect(await harness.eventsOf(faster.paymentId)).toEqual(['payment.created', 'payment.completed']);
  });

  test('is carried out by a job when the provider does not answer', async () => {
    const { paymentId, personId } = await payable(harness, { provider: 'FAKE' });
    const { closePayment } = fake.script;
    fake.script.closePayment = () => {
      throw new Error('connection reset');
    };
    await expect(cancel(harness, paymentId)).rejects.toThrow();
    expect(await read(harness, paymentId, personId)).toMatchObject({ status: 'PENDING', payUrl: null });
    fake.script.closePayment = closePayment;
    await settled(harness, paymentId, 'CANCELLED');
  });

  test('money that comes after the cancelling is captured, and told', async () => {
    const { paymentId, payUrl } = await payable(harness);
    await cancel(harness, paymentId);
    await choose(payUrl, 'late');
    await settled(harness, paymentId, 'COMPLETED');
    await waitUntil(async () => (await harness.eventsOf(paymentId)).length === 2);
    expect(await harness.eventsOf(paymentId)).toEqual(['payment.created', 'payment.completed']);
  });

  test('refuses what is no id', async () => {
    expect(await cancel(harness, 'x')).toMatchObject({ __typename: 'InvalidInput' });
    expect(await cancel(harness, newId())).toMatchObject({ status: 'CANCELLED' });
  });
});
