import { waitUntil } from '@foyer/platform/testing';
import { newId } from '@foyer/platform';
import { SIGNATURE_HEADER, signBody } from '../providers/sandbox/webhook/signature.js';
import { createFakeProvider } from '../testing/createFakeProvider.js';
import { createHarness, type Harness } from '../testing/createHarness.js';
import { choose, payable, read, settled } from '../testing/steps.js';

const SECRET = 'what the sandbox signs with';

describe('POST /webhooks/sandbox', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await createHarness({
      providers: [createFakeProvider()],
      environment: { PAYMENTS_SANDBOX_WEBHOOK_SECRET: SECRET },
    });
  });

  afterAll(() => harness.stop());

  const paidEvent = (reference: string, change: object = {}): string =>
    JSON.stringify({
      id: newId(),
      type: 'payment.paid',
      data: { reference, session: newId(), amount: 12_500, currency: 'USD', ...change },
    });
  const send = (body: string, { signature = signBody(SECRET, body, new Date()) } = {}): Promise<Response> =>
    fetch(`${harness.url}/webhooks/sandbox`, {
      method: 'POST',
      body,
      headers: { [SIGNATURE_HEADER]: signature },
    });
  const statusOf = async ({ paymentId, personId }: { paymentId: string; personId: string }) =>
    (await read(harness, paymentId, personId))?.status;
  const incidents = async () => {
    const { rows } = await harness.pool.query<{ kind: string; reference: string; details: unknown }>(
      `select kind, reference, details from payment_incident order by id desc`,
    );
    return rows;
  };

  test('three times at once completes once', async () => {
    const payment = await payable(harness);
    const body = paidEvent(payment.paymentId);
    const answers = await Promise.all([send(body), send(body), send(body)]);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ received: true });
    }
    expect(await harness.eventsOf(payment.paymentId)).toEqual(['payment.created', 'payment.completed']);
  });

  test.each<[string, (body: string) => readonly [string, string], string]>([
    ['forged', (body) => [body, signBody('another secret', body, new Date())], 'SIGNATURE'],
    ['altered', (body) => [body.replace('12500', '1'), signBody(SECRET, body, new Date())], 'SIGNATURE'],
    ['unsigned', (body) => [body, ''], 'SIGNATURE'],
    ['stale', (body) => [body, signBody(SECRET, body, new Date(Date.now() - 301_000))], 'STALE'],
    ['from the future', (body) => [body, signBody(SECRET, body, new Date(Date.now() + 302_000))], 'STALE'],
  ])('%s: changes nothing and is counted', async (_, forge, reason) => {
    const count = async (): Promise<number> => {
      const { rows } = await harness.pool.query<{ count: bigint }>(
        `select sum(count)::bigint as count from webhook_rejection where reason = $1`,
        [reason],
      );
      return Number(rows[0]?.count ?? 0);
    };
    const before = await count();
    const payment = await payable(harness);
    const [body, signature] = forge(paidEvent(payment.paymentId));
    expect((await send(body, { signature })).status).toBe(401);
    expect(await statusOf(payment)).toBe('PENDING');
    await waitUntil(async () => (await count()) > before);
  });

  test('what is authentic and can’t be stored as it is, is stored otherwise and not asked for again', async () => {
    const payment = await payable(harness);
    // Deeper than JSON.stringify writes.
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const unstorable = [
      paidEvent(`${payment.paymentId}\0`),
      paidEvent('\ud800', { '\0': '\ud800' }),
      paidEvent(payment.paymentId, { currency: 'US\0' }),
      paidEvent(newId(), { deep: 'DEEP' }).replace('"DEEP"', deep),
    ];
    for (const body of unstorable) expect((await send(body)).status).toBe(200);
    expect(await statusOf(payment)).toBe('PENDING');
    const references = (await incidents()).map(({ reference }) => reference);
    expect(references).toContain(`${payment.paymentId}\ufffd`);
  });

  test('signed nonsense is turned away', async () => {
    for (const body of [
      '',
      '[]',
      '{"type":"payment.paid"}',
      '{"type":"payment.paid","data":{"reference":"x"}}',
      'ÿ',
    ]) {
      expect((await send(body)).status).toBe(400);
    }
    const other = JSON.stringify({ id: newId(), type: 'account.updated', data: { reference: 'x' } });
    expect((await send(other)).status).toBe(200);
  });

  test.each<[string, object, string]>([
    ['amount', { amount: 12_499 }, 'WRONG_AMOUNT'],
    ['currency', { currency: 'VND' }, 'WRONG_CURRENCY'],
  ])('a wrong %s never completes; a person must look', async (_, change, kind) => {
    const payment = await payable(harness);
    for (let time = 0; time < 2; time++)
      expect((await send(paidEvent(payment.paymentId, change))).status).toBe(200);
    expect(await statusOf(payment)).toBe('PENDING');
    expect((await incidents())[0]).toMatchObject({ kind, details: { state: 'PAID' } });
    // The right word still counts.
    await send(paidEvent(payment.paymentId));
    expect(await statusOf(payment)).toBe('COMPLETED');
  });

  test('an unknown payment is acknowledged and recorded', async () => {
    for (const reference of [newId(), `'; drop table payment; --`]) {
      expect((await send(paidEvent(reference))).status).toBe(200);
      expect((await incidents())[0]).toMatchObject({ kind: 'UNKNOWN_PAYMENT', reference });
    }
  });

  test(`a provider's word on another provider's payment is none`, async () => {
    const payment = await payable(harness, { provider: 'FAKE' });
    expect((await send(paidEvent(payment.paymentId))).status).toBe(200);
    expect(await statusOf(payment)).toBe('PENDING');
  });

  test('out of order: declined or closed after paid changes nothing', async () => {
    const payment = await payable(harness);
    await send(paidEvent(payment.paymentId));
    for (const type of ['payment.declined', 'payment.closed']) {
      const late = paidEvent(payment.paymentId).replace('payment.paid', type);
      expect((await send(late)).status).toBe(200);
    }
    expect(await statusOf(payment)).toBe('COMPLETED');
  });

  test('paid after declined is money all the same', async () => {
    const payment = await payable(harness);
    await choose(payment.payUrl, 'decline');
    await settled(harness, payment.paymentId, 'FAILED');
    expect(await read(harness, payment.paymentId, payment.personId)).toMatchObject({
      failureReason: 'The payment was declined.',
      payUrl: null,
    });
    await choose(payment.payUrl, 'late');
    await settled(harness, payment.paymentId, 'COMPLETED');
  });

  test('is logged without its signature', async () => {
    const payment = await payable(harness);
    await send(paidEvent(payment.paymentId));
    const { rows } = await harness.pool.query<{ request: object }>(
      `select request, outcome from provider_call where payment_id = $1 and direction = 'IN'`,
      [payment.paymentId],
    );
    expect(rows).toMatchObject([{ outcome: 'OK', request: { type: 'payment.paid' } }]);
    expect(JSON.stringify(rows)).not.toContain('v1=');
  });

  test('another provider has no webhook here', async () => {
    const answer = await fetch(`${harness.url}/webhooks/gold`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
  });
});

test('a webhook that nobody acknowledges comes again until somebody does', async () => {
  const harness = await createHarness({
    environment: { PAYMENTS_SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:9/closed' },
  });
  try {
    const { paymentId, payUrl } = await payable(harness);
    await choose(payUrl, 'pay');
    await waitUntil(async () => {
      const { rows } = await harness.pool.query(`select from sandbox_webhook where attempts >= 2`);
      return rows.length === 1;
    });
    const { rows } = await harness.pool.query(`select last_error, delivered_at from sandbox_webhook`);
    expect(rows).toMatchObject([
      { last_error: expect.stringContaining('ECONNREFUSED') as string, delivered_at: null },
    ]);
    // Meanwhile asking the provider finds the money.
    await harness.pool.query(`update payment set next_attention_at = foyer_now()`);
    await settled(harness, paymentId, 'COMPLETED');
  } finally {
    await harness.stop();
  }
});
