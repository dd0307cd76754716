import { OrganizationMemberAdded, OrganizationMemberRemoved } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { createTestOrders, type OrderView, type TestOrders } from './testing/createTestOrders.js';

const LIST = `query ($id: ID!, $filter: OrganizationOrderFilter, $after: String) {
  organizationOrders(organizationId: $id, filter: $filter, first: 2, after: $after) {
    edges { node { id total { amount } buyer { email } } } pageInfo { hasNextPage endCursor } } }`;

interface List {
  readonly organizationOrders: {
    readonly edges: readonly { readonly node: OrderView }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

describe('who sees what', () => {
  let orders: TestOrders;
  let buyer: Identity & { readonly kind: 'user' };
  let eventId: string;
  let offerId: string;
  const placed: OrderView[] = [];
  beforeAll(async () => {
    orders = await createTestOrders();
    buyer = await orders.buyer();
    eventId = await orders.event();
    offerId = await orders.offer(eventId, 100, 2500);
    for (let count = 0; count < 3; count += 1) placed.push(await orders.placed(buyer, offerId, 1, 2675));
  });
  afterAll(() => orders.stop());

  test('an order: its buyer, owners, staff; to others it does not exist', async () => {
    const id = placed[0]?.id ?? '';
    for (const who of [buyer, orders.owner, person(newId(), 'MANAGER')]) {
      expect((await orders.order(id, who)).id).toBe(id);
    }
    for (const who of [orders.door, await orders.buyer()]) expect(await orders.order(id, who)).toBeNull();
    for (const unknown of [newId(), 'x', '']) expect(await orders.order(unknown, buyer)).toBeNull();
    expect(await orders.order(id, { kind: 'guest', address: '' })).toBeNull();
  });

  test('an organization’s orders: its owners and admins, page by page', async () => {
    const first = (await orders.ask<List>(orders.owner, LIST, { id: orders.organizationId }))
      .organizationOrders;
    expect(first.edges.map(({ node }) => node.id)).toEqual([placed[2]?.id, placed[1]?.id]);
    const variables = { id: orders.organizationId, after: first.pageInfo.endCursor };
    const second = (await orders.ask<List>(orders.owner, LIST, variables)).organizationOrders;
    expect(second.edges.map(({ node }) => node.id)).toEqual([placed[0]?.id]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const code = placed[1]?.code.toLowerCase();
    const found = (
      await orders.ask<List>(orders.owner, LIST, { id: orders.organizationId, filter: { code } })
    ).organizationOrders;
    expect(found.edges.map(({ node }) => node.id)).toEqual([placed[1]?.id]);
  });

  test('tenants never see each other’s, and removed members nothing any more', async () => {
    const otherId = newId();
    const rival = person();
    const { userId } = rival;
    const member = { organizationId: otherId, userId, role: 'OWNER', listingIds: null } as const;
    await orders.tell(
      'user-events',
      testEvent(OrganizationMemberAdded, { aggregateId: otherId, data: member }),
    );
    await expect(orders.ask(rival, LIST, { id: orders.organizationId })).rejects.toThrow('NOT_FOUND');
    const own = (await orders.ask<List>(rival, LIST, { id: otherId, filter: { eventId } }))
      .organizationOrders;
    expect(own.edges).toEqual([]);
    await expect(orders.ask(orders.door, LIST, { id: orders.organizationId })).rejects.toThrow(
      'NOT_PERMITTED',
    );
    await expect(orders.ask(buyer, LIST, { id: 'x' })).rejects.toThrow('NOT_FOUND');
    const removed = testEvent(OrganizationMemberRemoved, {
      aggregateId: otherId,
      aggregateVersion: 2,
      data: { organizationId: otherId, userId },
    });
    await orders.tell('user-events', removed);
    await expect(orders.ask(rival, LIST, { id: otherId })).rejects.toThrow('NOT_FOUND');
  });

  test('a person’s orders and tickets: the person and staff', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User {
      orders { edges { node { id } } } tickets { edges { node { id } } } } } }`;
    interface Found {
      readonly _entities: readonly [
        { readonly orders: List['organizationOrders'] | null; readonly tickets: unknown },
      ];
    }
    const of = [{ __typename: 'User', id: buyer.userId }];
    expect((await orders.ask<Found>(buyer, query, { of }))._entities[0].orders?.edges).toHaveLength(3);
    expect(
      (await orders.ask<Found>(person(newId(), 'MANAGER'), query, { of }))._entities[0].orders?.edges,
    ).toHaveLength(3);
    for (const who of [orders.owner, await orders.buyer()]) {
      expect((await orders.ask<Found>(who, query, { of }))._entities).toEqual([
        { orders: null, tickets: null },
      ]);
    }
  });

  test('fees and tax: set by owners, shown in the quote, kept by orders that stand', async () => {
    const QUOTE = `query ($lines: [OrderLineInput!]!) { quoteOrder(lines: $lines) { event { id } fees { amount } tax { amount }
      total { amount currency } lines { fee { amount } } } }`;
    const lines = [{ offerId, quantity: 2 }];
    const quote = async () =>
      (
        await orders.ask<{ quoteOrder: { total: { amount: number } } }>(
          { kind: 'guest', address: '' },
          QUOTE,
          { lines },
        )
      ).quoteOrder;
    expect(await quote()).toMatchObject({ tax: { amount: 350 }, total: { amount: 5350, currency: 'EUR' } });
    const set = (input: object, as: Identity = orders.owner) =>
      orders.mutate(
        as,
        'setPricing',
        {
          organizationId: orders.organizationId,
          feeBasisPoints: 500,
          taxBasisPoints: 1000,
          taxIncluded: false,
          ...input,
        },
        'pricing { feeBasisPoints feeFixed { amount } taxIncluded ticketClass { id } }',
      );
    expect(await set({})).toMatchObject({
      pricing: { feeBasisPoints: 500, feeFixed: null, ticketClass: null },
    });
    expect(await quote()).toMatchObject({
      fees: { amount: 250 },
      tax: { amount: 525 },
      total: { amount: 5775 },
    });
    const feeFixed = { amount: 30, currency: 'EUR' };
    expect(await set({ offerId, feeBasisPoints: 0, feeFixed, taxIncluded: true })).toMatchObject({
      pricing: { feeFixed: { amount: 30 } },
    });
    expect(await quote()).toMatchObject({ fees: { amount: 60 }, total: { amount: 5060 } });
    expect((await orders.order(placed[0]?.id ?? '', buyer)).total.amount).toBe(2675);
    const order = await orders.placed(buyer, offerId, 2, 5060);
    expect(order.total.amount).toBe(5060);

    for (const who of [orders.door, buyer])
      expect((await set({}, who)).code).toMatch(/NOT_(FOUND|PERMITTED)/);
    expect(await set({ feeBasisPoints: 10_001, taxBasisPoints: -1 })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await set({ offerId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    for (const wrong of [[], [{ offerId, quantity: 0 }], [...lines, ...lines]]) {
      await expect(orders.ask(buyer, QUOTE, { lines: wrong })).rejects.toThrow('INVALID_INPUT');
    }
    await expect(orders.ask(buyer, QUOTE, { lines: [{ offerId: newId(), quantity: 1 }] })).rejects.toThrow(
      'NOT_FOUND',
    );
  });
});
