import { newId } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import {
  createTestInventory,
  ORDERS,
  person,
  type Data,
  type TestInventory,
} from './testing/createTestInventory.js';

const HOLD = `mutation ($input: HoldOffersInput!) { holdOffers(input: $input) {
  __typename
  ... on OffersHeld { orderId expiresAt lines { offerId listingId name quantity unitPrice { amount currency exponent } } }
  ... on HoldRefused { code message offerId available state }
} }`;
const CONFIRM = `mutation ($orderId: ID!) { confirmHold(orderId: $orderId) {
  __typename ... on HoldConfirmed { orderId } ... on HoldRefused { code }
} }`;
const RELEASE = `mutation ($orderId: ID!) { releaseHold(orderId: $orderId, reason: "test") {
  __typename ... on HoldReleased { orderId } ... on InvalidInput { code }
} }`;
const EVENT = `query ($id: ID!, $code: String) { _entities(representations: [{ __typename: "Event", id: $id }]) {
  ... on Event {
    ticketClasses(accessCode: $code) {
      id name hidden paused price { amount currency exponent } availability { state available } counters { total reserved sold }
    }
    availability(accessCode: $code) { version offers { state available ticketClass { name } } }
  }
} }`;

describe('the inventory subgraph', () => {
  let inventory: TestInventory;

  beforeAll(async () => {
    inventory = await createTestInventory({
      processes: 2,
      environment: { INVENTORY_SWEEP_MS: '50', INVENTORY_POLL_MS: '50', INVENTORY_PUSH_MS: '0' },
    });
  });
  afterAll(async () => inventory.stop());

  const hold = async (offerId: string, input: Data = {}, process = 0): Promise<Data> => {
    const lines = [{ offerId, quantity: 1 }];
    const { holdOffers } = await inventory.ask(
      ORDERS,
      HOLD,
      { input: { orderId: newId(), personId: newId(), lines, ...input } },
      process,
    );
    return holdOffers as Data;
  };
  const stateOf = async (eventId: string): Promise<Data> => {
    const { _entities } = await inventory.ask(inventory.organizer, EVENT, { id: eventId });
    return _entities[0].ticketClasses[0] as Data;
  };

  test('sells an event out: held, confirmed, sold out', async () => {
    const eventId = await inventory.publishEvent();
    const offerId = await inventory.createClass(eventId, { total: 1 });
    const orderId = newId();
    const held = await hold(offerId, { orderId });
    expect(held).toMatchObject({
      __typename: 'OffersHeld',
      orderId,
      lines: [
        {
          offerId,
          listingId: eventId,
          name: 'Standing',
          quantity: 1,
          unitPrice: { amount: 2500, currency: 'EUR', exponent: 2 },
        },
      ],
    });
    expect(Math.abs(Date.parse(held['expiresAt'] as string) - Date.now() - 900_000)).toBeLessThan(10_000);
    expect(await hold(offerId)).toMatchObject({ code: 'HELD', available: 0, state: 'HELD', offerId });
    expect(await stateOf(eventId)).toMatchObject({
      availability: { state: 'HELD', available: 0 },
      counters: { total: 1, reserved: 1, sold: 0 },
    });
    const { confirmHold } = await inventory.ask(ORDERS, CONFIRM, { orderId });
    expect(confirmHold).toEqual({ __typename: 'HoldConfirmed', orderId });
    expect(await hold(offerId)).toMatchObject({ code: 'SOLD_OUT', state: 'SOLD_OUT' });
    const { releaseHold } = await inventory.ask(ORDERS, RELEASE, { orderId });
    expect(releaseHold).toEqual({ __typename: 'HoldReleased', orderId });
    expect(await stateOf(eventId)).toMatchObject({ availability: { state: 'AVAILABLE', available: 1 } });
  });

  test('a subscriber of one process sees what the other does, versions rising', async () => {
    const eventId = await inventory.publishEvent();
    const offerId = await inventory.createClass(eventId, { total: 1 });
    const seen = await inventory.follow(
      { kind: 'guest', address: '127.0.0.1' },
      'subscription ($id: ID!) { availability(eventId: $id) { version offers { state available } } }',
      { id: eventId },
      1,
    );
    const next = async (): Promise<Data> => ((await seen.next()).value as Data)['data'].availability as Data;
    const first = await next();
    expect(first['offers']).toEqual([{ state: 'AVAILABLE', available: 1 }]);
    const orderId = newId();
    await hold(offerId, { orderId }, 0);
    const second = await next();
    expect(second['offers']).toEqual([{ state: 'HELD', available: 0 }]);
    expect(second['version']).toBeGreaterThan(first['version'] as number);
    await inventory.ask(ORDERS, CONFIRM, { orderId }, 1);
    expect((await next())['offers']).toEqual([{ state: 'SOLD_OUT', available: 0 }]);
    await seen.return?.();
  });

  test('strangers may not sell, and people may not hold', async () => {
    const eventId = await inventory.publishEvent();
    const offerId = await inventory.createClass(eventId);
    const create =
      'mutation ($input: CreateTicketClassInput!) { createTicketClass(input: $input) { __typename } }';
    const input = { eventId, name: 'Mine', price: { amount: 1, currency: 'EUR' }, total: 1 };
    expect(await inventory.ask(person(), create, { input })).toEqual({
      createTicketClass: { __typename: 'NotFound' },
    });
    await expect(inventory.ask({ kind: 'guest', address: '' }, create, { input })).rejects.toThrow(
      'UNAUTHENTICATED',
    );
    await expect(
      inventory.ask(inventory.organizer, HOLD, {
        input: { orderId: newId(), personId: newId(), lines: [{ offerId, quantity: 1 }] },
      }),
    ).rejects.toThrow('FORBIDDEN');
  });

  test('a hold that runs out is told within seconds, and its units are back', async () => {
    const eventId = await inventory.publishEvent();
    const offerId = await inventory.createClass(eventId, { total: 1 });
    const orderId = newId();
    await hold(offerId, { orderId });
    await inventory.pool.query(`update hold set expires_at = foyer_now() where order_id = $1`, [orderId]);
    await waitUntil(async () => {
      const { rows } = await inventory.pool.query(
        `select from messaging.outbox where aggregate_id = $1 and type = 'inventory.expired'`,
        [orderId],
      );
      return rows.length === 1;
    });
    expect((await hold(offerId))['__typename']).toBe('OffersHeld');
  });
});
