import { waitUntil } from '@foyer/platform/testing';
import { ProviderRefused } from '../providers/paymentProvider.js';
import { createFakeProvider, type FakeProvider } from '../testing/createFakeProvider.js';
import { createHarness, type Harness } from '../testing/createHarness.js';
import { cancel, create, paymentInput, read, settled } from '../testing/steps.js';

describe('createPayment', () => {
  let harness: Harness;
  let fake: FakeProvider;

  beforeEach(async () => {
    fake = createFakeProvider();
    harness = await createHarness({ providers: [fake] });
  });

  afterEach(() => harness.stop());

  const input = (change: object = {}) => paymentInput({ provider: 'FAKE', ...change });

  test('the same id five times at once is one payment, one event', async () => {
    const same = input();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(harness, same)));
    for (const answer of answers) {
      expect(answer).toEqual({
        __typename: 'PaymentReady',
        payment: { id: same.paymentId, status: 'PENDING' },
      });
    }
    expect(await harness.eventsOf(same.paymentId)).toEqual(['payment.created']);
    expect((await read(harness, same.paymentId, same.personId))?.payUrl).toBe(
      `https://fake.example/${same.paymentId}`,
    );
  });

  test('the same id for something else is refused', async () => {
    const first = input();
    await create(harness, first);
    for (const other of [{ amount: { amount: 1, currency: 'USD' } }, { orderId: first.personId }]) {
      expect(await create(harness, { ...first, ...other })).toMatchObject({ code: 'DIFFERENT_PAYMENT' });
    }
  });

  test('an order pays one organization in one currency', async () => {
    const first = input();
    await create(harness, first);
    const { orderId, organizationId } = first;
    expect(await create(harness, input({ orderId }))).toMatchObject({ code: 'DIFFERENT_PAYMENT' });
    expect(await create(harness, input({ orderId, organizationId }))).toMatchObject({
      __typename: 'PaymentReady',
    });
  });

  test.each<[string, object, string]>([
    ['an unknown provider', { provider: 'GOLD' }, 'UNKNOWN_PROVIDER'],
    ['a currency it does not take', { amount: { amount: 5, currency: 'VND' } }, 'CURRENCY_NOT_SUPPORTED'],
    ['a hold that ends within the minute', { holdExpiresAt: new Date(Date.now() + 59_000) }, 'TOO_LATE'],
  ])('refuses %s and stores nothing', async (_, change, code) => {
    const refused = input(change);
    expect(await create(harness, refused)).toMatchObject({ __typename: 'PaymentRefused', code });
    expect(await harness.eventsOf(refused.paymentId)).toEqual([]);
    for (const table of ['payment', 'order_account']) {
      expect((await harness.pool.query(`select from ${table}`)).rowCount).toBe(0);
    }
  });

  test('lists every wrong field', async () => {
    const wrong = input({ paymentId: 'x', amount: { amount: 0, currency: 'XXQ' }, description: ' ' });
    const { fields } = await create(harness, wrong);
    expect(fields).toEqual([
      { path: 'input.paymentId', rule: 'NOT_AN_ID' },
      { path: 'input.amount.amount', rule: 'OUT_OF_RANGE' },
      { path: 'input.amount.currency', rule: 'UNKNOWN_CURRENCY' },
      { path: 'input.description', rule: 'REQUIRED' },
    ]);
  });

  test('is for orders alone', async () => {
    const query = `mutation ($input: CreatePaymentInput!) { createPayment(input: $input) { __typename } }`;
    const user = {
      kind: 'user',
      userId: input().personId,
      sessionId: 's',
      role: 'ADMIN',
      scopes: [],
      address: '',
    } as const;
    for (const identity of [user, { kind: 'service', service: 'inventory' } as const]) {
      await expect(harness.run(identity, query, { input: input() })).rejects.toThrow(
        'Only other parts of the system',
      );
    }
  });

  test('a provider that refuses for good makes it FAILED, told once', async () => {
    fake.script.createPayment = () => {
      throw new ProviderRefused('Amount above the limit.');
    };
    const refused = input();
    for (let time = 0; time < 2; time++) {
      expect(await create(harness, refused)).toMatchObject({
        code: 'PROVIDER_REFUSED',
        message: 'Amount above the limit.',
      });
    }
    expect(await harness.eventsOf(refused.paymentId)).toEqual(['payment.created', 'payment.failed']);
  });

  test('a provider that does not answer is asked again by a job, under the same id', async () => {
    const { createPayment } = fake.script;
    fake.script.createPayment = () => {
      throw new Error('connection reset');
    };
    const lost = input();
    await expect(create(harness, lost)).rejects.toThrow('Something went wrong on our side');
    fake.script.createPayment = createPayment;
    await harness.pool.query(`update payment set next_attention_at = foyer_now()`);
    await waitUntil(async () => (await read(harness, lost.paymentId, lost.personId))?.payUrl !== null);
    expect(new Set(fake.calls)).toEqual(new Set([`createPayment ${lost.paymentId}`]));
    expect(await create(harness, lost)).toMatchObject({ __typename: 'PaymentReady' });
  });

  test('a webhook that comes before the answer to the creation completes it', async () => {
    const quick = input();
    const { createPayment } = fake.script;
    fake.script.createPayment = async (request) => {
      const body = JSON.stringify({ paymentId: quick.paymentId, amount: 12_500 });
      const answer = await fetch(`${harness.url}/webhooks/fake`, { method: 'POST', body });
      expect(await answer.text()).toBe('OK');
      return createPayment(request);
    };
    expect(await create(harness, quick)).toMatchObject({ payment: { status: 'COMPLETED' } });
    expect(await harness.eventsOf(quick.paymentId)).toEqual(['payment.created', 'payment.completed']);
    expect(fake.calls).toHaveLength(1);
  });

  test('a provider that hangs is given up in time', async () => {
    await harness.stop();
    harness = await createHarness({
      providers: [fake],
      environment: { PAYMENTS_PROVIDER_TIMEOUT_MS: '100' },
    });
    fake.script.createPayment = () => new Promise<never>(() => undefined);
    await expect(create(harness, input())).rejects.toThrow('Something went wrong on our side');
    const { rows } = await harness.pool.query(`select outcome, response from provider_call`);
    expect(rows).toEqual([{ outcome: 'UNAVAILABLE', response: { message: 'no answer within 100 ms' } }]);
  });

  test('cancelled before it was created: never created', async () => {
    const late = input();
    expect(await cancel(harness, late.paymentId)).toEqual({
      __typename: 'PaymentClosed',
      status: 'CANCELLED',
    });
    expect(await create(harness, late)).toMatchObject({ __typename: 'PaymentRefused', code: 'CANCELLED' });
    expect(fake.calls).toEqual([]);
  });

  test('cancelled while the provider is being asked: closed there as soon as it answers', async () => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      const { createPayment } = fake.script;
      fake.script.createPayment = async (request) => {
        resolve();
        await new Promise<void>((ready) => (answer = ready));
        return createPayment(request);
      };
    });
    fake.script.closePayment = () => ({ state: 'UNKNOWN' });
    const overtaken = input();
    const creating = create(harness, overtaken);
    await asked;
    expect(await cancel(harness, overtaken.paymentId)).toMatchObject({ status: 'CANCELLED' });
    answer();
    expect(await creating).toMatchObject({ payment: { status: 'CANCELLED' } });
    expect(fake.calls.map((call) => call.split(' ')[0])).toEqual([
      'createPayment',
      'closePayment',
      'closePayment',
    ]);
    expect(await read(harness, overtaken.paymentId, overtaken.personId)).toMatchObject({ payUrl: null });
  });

  test('cancelled and created at once a hundred times over: never both cancelled and open', async () => {
    const inputs = Array.from({ length: 100 }, () => input());
    await Promise.all(inputs.flatMap((each) => [create(harness, each), cancel(harness, each.paymentId)]));
    for (const { paymentId, personId } of inputs) {
      const payment = await read(harness, paymentId, personId);
      expect([null, 'CANCELLED']).toContain(payment?.status ?? null);
    }
    const { rowCount } = await harness.pool.query(
      `select from payment join payment_tombstone on payment_id = id`,
    );
    expect(rowCount).toBe(0);
  });

  test('a shortest expiry longer than the hold is closed by an explicit call', async () => {
    const slow = createFakeProvider({ currencies: null, shortestExpirySeconds: 1800 });
    await harness.stop();
    harness = await createHarness({ providers: [slow] });
    const made = input();
    let askedFor = new Date(0);
    const { createPayment } = slow.script;
    slow.script.createPayment = (request) => {
      askedFor = request.expiresAt;
      return createPayment(request);
    };
    await create(harness, made);
    expect(askedFor.getTime()).toBeGreaterThan(Date.now() + 1790_000);
    await harness.pool.query(
      `update payment set expires_at = foyer_now() - interval '1 second', next_attention_at = foyer_now()`,
    );
    await waitUntil(() => slow.calls.some((call) => call.startsWith('closePayment')));
    await settled(harness, made.paymentId, 'PENDING');
  });
});
