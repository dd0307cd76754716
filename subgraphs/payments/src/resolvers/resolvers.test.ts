import { OrderCompleted, OrganizationMemberAdded } from '@foyer/kafka';
import { publishAndSettle, testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { createHarness, person, type Harness } from '../testing/createHarness.js';
import { paid, payable, refund, settled } from '../testing/steps.js';

const GUEST: Identity = { kind: 'guest', address: '127.0.0.1' };

describe('the payments graph', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await createHarness();
  });

  afterAll(() => harness.stop());

  const staff = () => person(newId(), ['payment:read-any']);
  const query = `query ($id: ID!) { payment(id: $id) {
    id payUrl order { id payments { id } } amount { amount currency exponent }
    providerCalls(first: 10) { edges { node { operation outcome response } } }
  } }`;
  const see = async (identity: Identity, id: string) =>
    (await harness.run<{ payment: Record<string, unknown> | null }>(identity, query, { id })).payment;

  test('shows a payment to its owner, the money people of its organization and staff, and to nobody else', async () => {
    const { paymentId, personId, organizationId, payUrl, orderId } = await payable(harness);
    expect(await see(person(personId), paymentId)).toEqual({
      id: paymentId,
      payUrl,
      order: { id: orderId, payments: [{ id: paymentId }] },
      amount: { amount: 12_500, currency: 'USD', exponent: 2 },
      providerCalls: null,
    });
    const member = async (
      role: 'OWNER' | 'ADMIN' | 'EDITOR' | 'VIEWER' | 'DOOR',
      organization = organizationId,
    ) => {
      const userId = newId();
      const data = { organizationId: organization, userId, role, listingIds: null };
      const event = testEvent(OrganizationMemberAdded, { data, aggregateId: newId() });
      await publishAndSettle(harness.bus, 'payments', 'user-events', [event]);
      return person(userId);
    };
    for (const role of ['OWNER', 'ADMIN'] as const) {
      expect(await see(await member(role), paymentId)).toMatchObject({
        id: paymentId,
        payUrl: null,
        providerCalls: null,
      });
    }
    for (const identity of [
      await member('VIEWER'),
      await member('DOOR'),
      await member('OWNER', newId()),
      person(),
    ]) {
      expect(await see(identity, paymentId)).toBeNull();
    }
    expect(await see(staff(), paymentId)).toMatchObject({
      payUrl: null,
      providerCalls: {
        edges: [{ node: { operation: 'createPayment', outcome: 'OK', response: { payUrl } } }],
      },
    });
    await expect(see(GUEST, paymentId)).rejects.toThrow('Log in first.');
    expect(await see(person(personId), 'x')).toBeNull();
  });

  test('answers references as the gateway asks them, hiding what is not the caller’s', async () => {
    const { paymentId, personId, orderId } = await payable(harness);
    const entities = `query ($references: [_Any!]!) { _entities(representations: $references) {
      ... on Payment { id status } ... on Order { id payments { id } }
    } }`;
    const references = [
      { __typename: 'Payment', id: paymentId },
      { __typename: 'Order', id: orderId },
    ];
    expect(await harness.run(person(personId), entities, { references })).toEqual({
      _entities: [
        { id: paymentId, status: 'PENDING' },
        { id: orderId, payments: [{ id: paymentId }] },
      ],
    });
    expect(await harness.run(person(), entities, { references })).toEqual({
      _entities: [null, { id: orderId, payments: [] }],
    });
  });

  test('staff alone read ledger, incidents and rejections', async () => {
    const all = `{ ledgerReport { faults } paymentIncidents { edges { cursor } } webhookRejections { count } }`;
    for (const field of [
      'ledgerReport { faults }',
      'paymentIncidents { edges { cursor } }',
      'webhookRejections { count }',
    ]) {
      await expect(harness.run(person(), `{ ${field} }`)).rejects.toThrow(
        'This needs the permission payment:read-any.',
      );
    }
    expect(await harness.run(staff(), all)).toMatchObject({ ledgerReport: { faults: [] } });
  });

  test('an order that is completed moves its money to the organization; a refund takes it back', async () => {
    const { paymentId, orderId, organizationId, personId, amount } = await paid(harness, {
      amount: { amount: 900_000, currency: 'KRW' },
    });
    const sums = async () => {
      const report = await harness.run<{
        ledgerReport: { currencies: { captured: { currency: string } }[] };
      }>(
        staff(),
        `{ ledgerReport { faults currencies {
          captured { amount currency } allocated { amount } refunded { amount } suspense { amount }
        } } }`,
      );
      return report.ledgerReport.currencies.find(({ captured }) => captured.currency === 'KRW');
    };
    expect(await sums()).toMatchObject({ captured: { amount: 900_000 }, suspense: { amount: 900_000 } });
    const order = {
      orderId,
      code: 'ABC',
      listingId: newId(),
      listingName: 'The Long Night',
      organizationId,
      buyer: { userId: personId, email: 'a@example.com', name: 'A' },
      lines: [],
      total: amount,
    };
    const startsAt = new Date().toISOString();
    const data = { order, startsAt, timeZone: 'Asia/Seoul', venueName: 'Hall', tickets: [] };
    const completed = testEvent(OrderCompleted, { data, aggregateId: orderId });
    await publishAndSettle(harness.bus, 'payments', 'order-events', [completed, completed]);
    expect(await sums()).toMatchObject({ allocated: { amount: 900_000 }, suspense: { amount: 0 } });
    await refund(harness, paymentId, 300_000, { currency: 'KRW' });
    await settled(harness, paymentId, 'PARTIALLY_REFUNDED');
    expect(await sums()).toMatchObject({
      captured: { amount: 900_000 },
      allocated: { amount: 600_000 },
      refunded: { amount: 300_000 },
      suspense: { amount: 0 },
    });
  });
});
