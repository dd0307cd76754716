import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../../harness/checkInvariants.js';
import { onPayPage, orderIs, payable, placed, readOrder, toPay } from '../../harness/purchase.js';
import { newEventOnSale, newPerson, type OnSale, type Person } from '../../harness/story.js';
import type { StartSystem, SystemOfParts } from '../../harness/suiteSystem.js';

const PAGE = `query ($id: ID!) {
  event(id: $id) { name ticketClasses { name } }
  me { email orders(first: 10) { edges { node { id status } } } }
}`;

/** Purchases while a subgraph is down, on whatever system. */
export function describeSubgraphDown(start: StartSystem<SystemOfParts>): void {
  let system: SystemOfParts;
  let organizer: Person;
  let buyer: Person;

  beforeAll(async () => {
    system = await start({ ORDERS_ANSWER_WITHIN_MS: '1000' });
    organizer = await newPerson(system, 'Organizer');
    buyer = await newPerson(system, 'Buyer');
  });

  afterEach(async () => {
    expect(await checkInvariants(system.variables)).toEqual([]);
  });

  afterAll(async () => {
    await system.stop();
  });

  /** What the buyer's page shows, errors beside data. */
  async function page({ eventId }: OnSale) {
    const response = await fetch(system.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${buyer.token}` },
      body: JSON.stringify({ query: PAGE, variables: { id: eventId } }),
    });
    const { data, errors = [] } = (await response.json()) as {
      data: {
        event: { name: string; ticketClasses: unknown };
        me: { email: string; orders: { edges: unknown[] } };
      };
      errors?: { path: string[]; extensions: { code: string } }[];
    };
    return { data, errors: errors.map(({ path, extensions }) => [path.join('.'), extensions.code]) };
  }

  describe('a subgraph that is down', () => {
    it('inventory, while a payment comes in: the others answer, and the order completes when it is back', async () => {
      const offer = await newEventOnSale(system, organizer, { total: 2 });
      const order = await toPay(buyer, offer);
      await system.down('inventory');
      await onPayPage(order.payment?.payUrl, 'pay');
      await waitUntil(
        async () => (await readOrder(buyer, order.id)).payment?.status === 'COMPLETED',
        'the money',
      );

      const { data, errors } = await page(offer);
      expect(errors).toEqual([['event.ticketClasses', 'SUBGRAPH_UNAVAILABLE']]);
      expect(data.event).toEqual({ name: 'Night of the Lanterns', ticketClasses: null });
      expect(data.me.email).toBe(buyer.email);
      expect(data.me.orders.edges).toContainEqual({ node: { id: order.id, status: 'PENDING' } });

      await system.up('inventory');
      expect((await orderIs(buyer, order.id, 'COMPLETED')).tickets).toHaveLength(1);
      expect((await page(offer)).errors).toEqual([]);
    });

    it('payments, while an order is placed: it waits with its hold, and can be paid when it is back', async () => {
      const offer = await newEventOnSale(system, organizer, { total: 2 });
      await system.down('payments');
      const { id, status } = await placed(buyer, offer, { fields: 'id status' });
      expect(status).toBe('PENDING');
      expect((await page(offer)).data.event.ticketClasses).toEqual([{ name: 'Boat' }]);

      await system.up('payments');
      await onPayPage((await payable(buyer, id)).payment?.payUrl, 'pay');
      expect((await orderIs(buyer, id, 'COMPLETED')).tickets).toHaveLength(1);
    });
  });
}
