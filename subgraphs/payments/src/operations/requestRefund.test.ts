import { waitUntil } from '@foyer/platform/testing';
import { newId } from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import { ProviderRefused } from '../providers/paymentProvider.js';
import { createFakeProvider, type FakeProvider } from '../testing/createFakeProvider.js';
import { createHarness, type Harness } from '../testing/createHarness.js';
import { cancel, paid, payable, read, refund, settled, type Answer } from '../testing/steps.js';

describe('requestRefund', () => {
  let harness: Harness;
  let fake: FakeProvider;

  beforeEach(async () => {
    fake = createFakeProvider();
    harness = await createHarness({ providers: [fake] });
  });

  afterEach(() => harness.stop());

  /** A payment of 12,500 by the fake provider, with its money. */
  const captured = async () => {
    const made = await payable(harness, { provider: 'FAKE' });
    fake.script.closePayment = () => ({ state: 'PAID', amount: 12_500n, currency: 'USD' });
    await cancel(harness, made.paymentId);
    return made;
  };
  const due = () =>
    harness.pool.query(`update refund set next_attempt_at = foyer_now() where status = 'REQUESTED'`);

  test('twenty at once of a tenth each: ten are accepted', async () => {
    const { paymentId } = await captured();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refund(harness, paymentId, 1250)));
    const count = (name: string): number => answers.filter(({ __typename }) => __typename === name).length;
    expect([count('RefundAccepted'), count('RefundRefused')]).toEqual([10, 10]);
    const refused = answers.find(({ __typename }) => __typename === 'RefundRefused');
    expect(refused).toMatchObject({ code: 'MORE_THAN_CAPTURED', refundable: { amount: 0 } });
    await settled(harness, paymentId, 'REFUNDED');
    expect((await harness.eventsOf(paymentId)).filter((type) => type === 'payment.refunded')).toHaveLength(
      10,
    );
  });

  test('two partial refunds at once that together exceed the capture: one', async () => {
    const { paymentId } = await captured();
    const codes = (
      await Promise.all([refund(harness, paymentId, 8000), refund(harness, paymentId, 8000)])
    ).map(({ code }) => code);
    expect(codes.sort()).toEqual(['MORE_THAN_CAPTURED', undefined]);
  });

  test('the same id five times at once is one refund', async () => {
    const { paymentId } = await captured();
    const refundId = newId();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => refund(harness, paymentId, 5000, { refundId })),
    );
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['RefundAccepted']));
    await settled(harness, paymentId, 'PARTIALLY_REFUNDED');
    expect(fake.calls.filter((call) => call.startsWith('refund'))).toEqual([`refund ${refundId}`]);
    expect(await refund(harness, paymentId, 4999, { refundId })).toMatchObject({ code: 'DIFFERENT_REFUND' });
  });

  test.each<[string, () => Promise<Answer>, string]>([
    ['an unknown payment', () => refund(harness, newId(), 1), 'UNKNOWN_PAYMENT'],
    ['one without money', async () => refund(harness, (await payable(harness)).paymentId, 1), 'NOT_CAPTURED'],
    [
      'another currency',
      async () => refund(harness, (await captured()).paymentId, 1, { currency: 'VND' }),
      'WRONG_CURRENCY',
    ],
    [
      'more than was captured',
      async () => refund(harness, (await captured()).paymentId, 12_501),
      'MORE_THAN_CAPTURED',
    ],
    ['nothing', async () => refund(harness, (await captured()).paymentId, 0), 'INVALID_INPUT'],
    ['less than nothing', async () => refund(harness, (await captured()).paymentId, -5), 'INVALID_INPUT'],
    [
      'no reason',
      async () => refund(harness, (await captured()).paymentId, 5, { reason: ' ' }),
      'INVALID_INPUT',
    ],
  ])('refuses %s', async (_, ask, code) => {
    expect(await ask()).toMatchObject({ code });
    expect((await harness.pool.query(`select from refund`)).rowCount).toBe(0);
  });

  test('two processes carry each out once', async () => {
    const database = await createTestDatabase('payments');
    const pair = [
      await createHarness({ databaseUrl: database.url, providers: [fake] }),
      await createHarness({ databaseUrl: database.url, providers: [fake] }),
    ] as const;
    try {
      const { paymentId } = await payable(pair[0], { provider: 'FAKE' });
      fake.script.closePayment = () => ({ state: 'PAID', amount: 12_500n, currency: 'USD' });
      await cancel(pair[1], paymentId);
      await Promise.all(
        Array.from({ length: 25 }, (_, index) => refund(pair[index % 2 ? 1 : 0], paymentId, 500)),
      );
      await settled(pair[0], paymentId, 'REFUNDED');
      const refunds = fake.calls.filter((call) => call.startsWith('refund'));
      expect([refunds.length, new Set(refunds).size]).toEqual([25, 25]);
    } finally {
      for (const each of pair) await each.stop();
      await database.drop();
    }
  });

  test('is tried again under the same id until the provider answers', async () => {
    const { paymentId } = await captured();
    const { refund: answer } = fake.script;
    fake.script.refund = () => {
      throw new Error('connection reset');
    };
    const refundId = newId();
    await refund(harness, paymentId, 12_500, { refundId });
    await waitUntil(() => fake.calls.includes(`refund ${refundId}`));
    fake.script.refund = answer;
    await waitUntil(async () => {
      await due();
      const { rows } = await harness.pool.query(`select from refund where status = 'SUCCEEDED'`);
      return rows.length === 1;
    });
    expect(new Set(fake.calls.filter((call) => call.startsWith('refund')))).toEqual(
      new Set([`refund ${refundId}`]),
    );
  });

  test('one that the provider works on is asked about', async () => {
    const { paymentId } = await captured();
    fake.script.refund = () => ({ state: 'PENDING', reference: 'theirs' });
    await refund(harness, paymentId, 12_500);
    await waitUntil(() => fake.calls.some((call) => call.startsWith('refund')));
    expect(await harness.eventsOf(paymentId)).not.toContain('payment.refunded');
    fake.script.queryRefund = ({ reference }) => ({
      state: 'SUCCEEDED',
      reference: reference ?? '',
      amount: 12_500n,
      currency: 'USD',
    });
    await waitUntil(async () => {
      await due();
      return (await harness.eventsOf(paymentId)).includes('payment.refunded');
    });
    await settled(harness, paymentId, 'REFUNDED');
  });

  test.each(['says so', 'throws'])(
    'a no for good (%s) is told, and the money can be asked for again',
    async (how) => {
      const { paymentId, personId } = await captured();
      const { refund: answer } = fake.script;
      fake.script.refund = () => {
        if (how === 'throws') throw new ProviderRefused('The card is closed.');
        return { state: 'FAILED', reason: 'The card is closed.' };
      };
      await refund(harness, paymentId, 12_500);
      await waitUntil(async () => (await harness.eventsOf(paymentId)).includes('payment.refund-failed'));
      expect(await read(harness, paymentId, personId)).toMatchObject({
        status: 'COMPLETED',
        refunds: [{ status: 'FAILED', failureReason: 'The card is closed.' }],
      });
      fake.script.refund = answer;
      expect(await refund(harness, paymentId, 12_500)).toMatchObject({ __typename: 'RefundAccepted' });
      await settled(harness, paymentId, 'REFUNDED');
    },
  );

  test('another amount than asked for is not believed', async () => {
    const { paymentId } = await captured();
    fake.script.refund = () => ({ state: 'SUCCEEDED', reference: 'r', amount: 1n, currency: 'USD' });
    await refund(harness, paymentId, 12_500);
    await waitUntil(async () => (await harness.pool.query(`select from payment_incident`)).rowCount === 1);
    expect(await harness.eventsOf(paymentId)).not.toContain('payment.refunded');
  });

  test('SANDBOX carries refunds out later and tells by webhook', async () => {
    const { paymentId } = await paid(harness);
    await refund(harness, paymentId, 12_500);
    await settled(harness, paymentId, 'REFUNDED');
    const { rows } = await harness.pool.query(`select r.provider_reference = s.id::text as same
      from refund r join sandbox_refund s on s.reference = r.id::text`);
    expect(rows).toEqual([{ same: true }]);
  });
});
