import { QueueExpired, QueueLeft } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { ACCESS_TOKEN, createTokenSigner, newId, systemClock } from '@foyer/platform';
import { createTestOrders, publishedEvent, type TestOrders } from './testing/createTestOrders.js';

describe('admissions', () => {
  let orders: TestOrders;
  let eventId: string;
  let offerId: string;
  const expectedTotal = { amount: 2675, currency: 'EUR' };

  beforeAll(async () => {
    orders = await createTestOrders({ environment: { ORDERS_POOL_SIZE: '16' } });
    eventId = await eventWithWaitroom();
    offerId = await orders.offer(eventId, 100, 2500);
  });
  afterAll(() => orders.stop());
  afterEach(() => {
    orders.fakes.fault = () => null;
  });

  const lines = () => [{ offerId, quantity: 1 }];

  test('are spent by the order that records them, once', async () => {
    const buyer = await orders.buyer();
    const admissionId = newId();
    const admissionToken = await orders.admit(buyer.userId, eventId, admissionId);
    const input = { lines: lines(), expectedTotal, admissionToken };
    const answers = await Promise.all(Array.from({ length: 8 }, () => orders.place(buyer, input)));
    const made = answers.filter(({ order }) => order);
    expect(made).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'ADMISSION_USED')).toHaveLength(7);
    expect(await told(admissionId)).toEqual(['admission.spent']);
    await orders.pay(made[0]?.order?.payment?.id ?? '');
    await orders.until(made[0]?.order?.id ?? '', 'COMPLETED');
    expect(await told(admissionId)).toEqual(['admission.spent', 'checkout.completed']);
  });

  test('of nobody, another person or event, expired or made up are refused with their reason', async () => {
    const buyer = await orders.buyer();
    const codeOf = async (admissionToken: string | null) => {
      const { code, event } = await orders.place(buyer, { lines: lines(), expectedTotal, admissionToken });
      expect(event).toEqual({ id: eventId });
      return code;
    };
    expect(await codeOf(null)).toBe('ADMISSION_NEEDED');
    expect(await codeOf('nonsense')).toBe('ADMISSION_INVALID');
    expect(await codeOf(await orders.admit(newId(), eventId))).toBe('ADMISSION_OF_ANOTHER_PERSON');
    expect(await codeOf(await orders.admit(buyer.userId, newId()))).toBe('ADMISSION_FOR_ANOTHER_EVENT');
    expect(await codeOf(await orders.admit(buyer.userId, eventId, newId(), -1))).toBe('ADMISSION_EXPIRED');
    expect(await codeOf(await orders.admit(buyer.userId, eventId, 'not an id'))).toBe('ADMISSION_INVALID');
    const other = createTokenSigner(ACCESS_TOKEN, orders.platform.keyrings.users, systemClock);
    const claims = { sub: buyer.userId, admissionId: newId(), eventId };
    expect(await codeOf(await other.sign(claims, 900))).toBe('ADMISSION_INVALID');
    expect(await orders.pool.query('select 1 from orders where buyer_id = $1', [buyer.userId])).toMatchObject(
      { rowCount: 0 },
    );
  });

  test('are not looked at where there is no waiting room', async () => {
    const buyer = await orders.buyer();
    const free = await orders.offer(await orders.event(), 1, 2500);
    await orders.placed(buyer, free, 1, 2675, { admissionToken: 'whatever' });
  });

  test('come back from a refused order, and can be used again', async () => {
    const buyer = await orders.buyer();
    const admissionId = newId();
    const admissionToken = await orders.admit(buyer.userId, eventId, admissionId);
    const wrong = { lines: lines(), expectedTotal: { amount: 1, currency: 'EUR' }, admissionToken };
    expect((await orders.place(buyer, wrong)).code).toBe('PRICE_CHANGED');
    expect(await told(admissionId)).toEqual(['admission.spent', 'admission.returned']);
    const { order } = await orders.place(buyer, { ...wrong, expectedTotal });
    expect(order?.status).toBe('PENDING');
    await orders.mutate(buyer, 'cancelOrder', { orderId: order?.id });
    expect(await told(admissionId)).toEqual([
      'admission.spent',
      'admission.returned',
      'admission.spent',
      'checkout.failed',
    ]);
  });

  test('that are given up unused are spent by no order, and can’t be used any more', async () => {
    const buyer = await orders.buyer();
    for (const definition of [QueueLeft, QueueExpired]) {
      const admissionId = newId();
      const admissionToken = await orders.admit(buyer.userId, eventId, admissionId);
      const data = { entryId: newId(), eventId, userId: buyer.userId, admissionId };
      await orders.tell('queue-events', testEvent(definition, { data }));
      await orders.tell('queue-events', testEvent(definition, { data }));
      expect(await told(admissionId)).toEqual(['admission.spent']);
      expect((await orders.place(buyer, { lines: lines(), expectedTotal, admissionToken })).code).toBe(
        'ADMISSION_GIVEN_UP',
      );
    }
  });

  test('that are given up while an order has them end with the order', async () => {
    const buyer = await orders.buyer();
    const admissionId = newId();
    const admissionToken = await orders.admit(buyer.userId, eventId, admissionId);
    orders.fakes.fault = async (operation) => {
      if (operation !== 'HoldOffers') return null;
      orders.fakes.fault = () => null;
      const data = { entryId: newId(), eventId, userId: buyer.userId, admissionId };
      await orders.tell('queue-events', testEvent(QueueLeft, { data }));
      return null;
    };
    const wrong = { lines: lines(), expectedTotal: { amount: 1, currency: 'EUR' }, admissionToken };
    expect((await orders.place(buyer, wrong)).code).toBe('PRICE_CHANGED');
    // Not returned: nobody waits for it any more, and the place is free.
    expect(await told(admissionId)).toEqual(['admission.spent', 'checkout.failed']);
    expect((await orders.place(buyer, { ...wrong, expectedTotal })).code).toBe('ADMISSION_GIVEN_UP');
  });

  test('that were returned and then let pass are closed', async () => {
    const buyer = await orders.buyer();
    const admissionId = newId();
    const admissionToken = await orders.admit(buyer.userId, eventId, admissionId);
    await orders.place(buyer, {
      lines: lines(),
      expectedTotal: { amount: 1, currency: 'EUR' },
      admissionToken,
    });
    const data = { entryId: newId(), eventId, userId: buyer.userId, admissionId };
    await orders.tell('queue-events', testEvent(QueueExpired, { data }));
    expect(await told(admissionId)).toEqual(['admission.spent', 'admission.returned', 'admission.spent']);
  });

  async function eventWithWaitroom(): Promise<string> {
    const { configuration } = publishedEvent(orders.organizationId);
    if (!configuration) throw new Error('a published event is configured');
    return orders.event({
      configuration: { ...configuration, waitroom: { maximumInCheckout: 10, admissionsPerMinute: 100 } },
    });
  }

  /** Types of the events about an admission, in their order. */
  async function told(admissionId: string): Promise<readonly string[]> {
    const { rows } = await orders.pool.query<{ type: string }>(
      `select type from messaging.outbox where aggregate_type = 'admission' and aggregate_id = $1 order by aggregate_version`,
      [admissionId],
    );
    return rows.map(({ type }) => type);
  }
});
