import { type Identity } from '@foyer/platform';
import { countStatements, waitUntil } from '@foyer/platform/testing';
import { createTestOrders, type TestOrders } from './testing/createTestOrders.js';
import { inHours, openRestaurant, reserved, RESERVATION } from './testing/tables.js';

/** What is shown of many costs as many statements as what is shown of one. */
describe('statements', () => {
  let orders: TestOrders;
  beforeAll(async () => {
    orders = await createTestOrders();
  });
  afterAll(() => orders.stop());

  const entities = (as: Identity, type: string, ids: readonly string[], fields: string) =>
    countStatements(async () => {
      const query = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on ${type} { ${fields} } } }`;
      const all = ids.map((id) => ({ __typename: type, id }));
      const { _entities } = await orders.ask<{ _entities: readonly unknown[] }>(as, query, { all });
      expect(_entities).not.toContain(null);
    });

  test('of a day sheet, by staff', async () => {
    const { restaurantId } = await openRestaurant(orders, { seats: 100 });
    const startsAt = inHours(30);
    const fields = `daySheet(date: "${startsAt.slice(0, 10)}") { ${RESERVATION} }
      reservations { edges { node { ${RESERVATION} } } }`;
    const reserve = async () => reserved(orders, await orders.buyer(), { restaurantId, startsAt });
    const first = await reserve();
    const one = await entities(orders.owner, 'Restaurant', [restaurantId], fields);
    const ids = [
      first.id,
      ...(await Promise.all(Array.from({ length: 8 }, async () => (await reserve()).id))),
    ];
    const many = await entities(orders.owner, 'Restaurant', [restaurantId], fields);
    expectBatches(many, one);
    const byId = (some: readonly string[]) => entities(orders.owner, 'Reservation', some, RESERVATION);
    expectBatches(await byId(ids), await byId([first.id]));
  });

  test('of a person’s orders and tickets, of several events', async () => {
    const buyer = await orders.buyer();
    const buy = async (): Promise<void> => {
      const offerId = await orders.offer(await orders.event(), 10, 2500);
      const { id, payment } = await orders.placed(buyer, offerId, 2, 5350);
      await orders.pay(payment?.id ?? '');
      await orders.until(id, 'COMPLETED');
    };
    await buy();
    const ticket = 'id name code status event { id } order { code } price { amount }';
    const fields = `tickets { edges { node { ${ticket} } } }
      orders { edges { node { code reservation { id } event { id } lines { name } history { kind } payment { id }
        tickets { ${ticket} } } } }`;
    const one = await entities(buyer, 'User', [buyer.userId], fields);
    await buy();
    await buy();
    const many = await entities(buyer, 'User', [buyer.userId], fields);
    expectBatches(many, one);
    const { rows } = await orders.pool.query<{ id: string }>(
      'select id from ticket where owner_id = $1 or owner_id is null order by id',
      [buyer.userId],
    );
    const ids = rows.map(({ id }) => id);
    const byId = (some: readonly string[]) => entities(buyer, 'Ticket', some, ticket);
    expectBatches(await byId(ids), await byId(ids.slice(0, 1)));
  });
});

test('metrics show sagas, pending orders, and what has become of the others', async () => {
  const orders = await createTestOrders();
  const offerId = await orders.offer(await orders.event(), 10, 2500);
  await orders.placed(await orders.buyer(), offerId, 1, 2675);
  await orders.pool.query(`update saga set state = 'PARKED' where kind = 'PLACE'`);
  const { metrics } = orders.platform.contextFor('orders');
  const published = await waitUntil(async () => {
    const text = await metrics.text();
    return text.includes('type="order.created"') && text;
  }, 'the order being told of');
  expect(published).toContain('foyer_orders_pending 1');
  expect(published).toContain('foyer_sagas{kind="PLACE",state="PARKED"} 1');
  await orders.stop();
  expect(await metrics.text()).not.toContain('foyer_orders_pending 1');
});

/** Nothing is read once for each; jobs may have read something meanwhile. */
function expectBatches(many: ReadonlyMap<string, number>, one: ReadonlyMap<string, number>): void {
  // Tickets by their ids are read by two: themselves and their orders.
  expect(many.size).toBeGreaterThan(1);
  expect(one.size).toBeLessThan(13);
  expect(many.size).toBeLessThan(13);
  expect([...many].filter(([, times]) => times > 6)).toEqual([]);
}
