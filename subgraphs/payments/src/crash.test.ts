import { waitUntil } from '@foyer/platform/testing';
import { newId } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createFakeProvider } from './testing/createFakeProvider.js';
import { createHarness, type Harness } from './testing/createHarness.js';
import type { Doom } from './testing/doomedProcess.js';
import { cancel, payable, paymentInput, read, settled } from './testing/steps.js';

/** Runs an operation in a process of its own, and kills that with SIGKILL while the provider has been asked. */
async function dieAt(doom: Doom): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(__dirname, 'testing', 'doomedProcess.js'), JSON.stringify(doom)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

describe('a process that is killed after its write, while the provider has been asked', () => {
  let test_: TestDatabase;
  let harness: Harness | null = null;
  const provider = createFakeProvider();

  beforeEach(async () => {
    test_ = await createTestDatabase('payments');
    provider.calls.splice(0);
  });

  afterEach(async () => {
    await harness?.stop();
    harness = null;
    await test_.drop();
  });

  /** The next process. What the dead one had in hand is due, as it is once its lease is over. */
  const start = async (): Promise<Harness> => {
    harness = await createHarness({ databaseUrl: test_.url, providers: [provider] });
    await harness.pool.query(
      `update payment set next_attention_at = foyer_now() where next_attention_at is not null`,
    );
    await harness.pool.query(
      `update refund set next_attempt_at = foyer_now() where next_attempt_at is not null`,
    );
    return harness;
  };

  test('its payment is made by the next one, under the same id', async () => {
    const input = paymentInput({ provider: 'FAKE' });
    const query = `mutation ($input: CreatePaymentInput!) { createPayment(input: $input) { __typename } }`;
    await dieAt({ databaseUrl: test_.url, at: 'createPayment', query, variables: { input } });
    const next = await start();
    await waitUntil(async () => (await read(next, input.paymentId, input.personId))?.payUrl !== null);
    expect(provider.calls).toEqual([`createPayment ${input.paymentId}`]);
    expect(await next.eventsOf(input.paymentId)).toEqual(['payment.created']);
    const { rows } = await next.pool.query(
      `select outcome from provider_call where operation = 'createPayment' order by id`,
    );
    expect(rows).toEqual([{ outcome: null }, { outcome: 'OK' }]);
  });

  test('its cancelling is carried out by the next one', async () => {
    const before = await start();
    const { paymentId } = await payable(before, { provider: 'FAKE' });
    await before.stop();
    harness = null;
    const query = `mutation ($paymentId: ID!) { cancelPayment(paymentId: $paymentId) { __typename } }`;
    await dieAt({ databaseUrl: test_.url, at: 'closePayment', query, variables: { paymentId } });
    await settled(await start(), paymentId, 'CANCELLED');
  });

  test('its refund is carried out by the next one, under the same id, once', async () => {
    const before = await start();
    const { paymentId } = await payable(before, { provider: 'FAKE' });
    provider.script.closePayment = () => ({ state: 'PAID', amount: 12_500n, currency: 'USD' });
    await cancel(before, paymentId);
    await before.stop();
    harness = null;
    const query = `mutation ($input: RequestRefundInput!) { requestRefund(input: $input) { __typename } }`;
    const input = { refundId: newId(), paymentId, amount: { amount: 12_500, currency: 'USD' }, reason: 'x' };
    await dieAt({ databaseUrl: test_.url, at: 'refund', query, variables: { input } });
    provider.calls.splice(0);
    const next = await start();
    await settled(next, paymentId, 'REFUNDED');
    expect(provider.calls).toEqual([`refund ${input.refundId}`]);
    expect((await next.eventsOf(paymentId)).filter((type) => type === 'payment.refunded')).toHaveLength(1);
  });
});
