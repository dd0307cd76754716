import { newId, type Identity } from '@foyer/platform';
import * as locks from './store/lockOrder.js';
import * as redemption from './store/redeemTicket.js';
import { ORDER_COLUMNS, type OrderRow } from './store/orderRow.js';
import { findTicket } from './store/tickets.js';
import {
  createTestOrders,
  type Answer,
  type OrderView,
  type TestOrders,
} from './testing/createTestOrders.js';

/** What the concurrency tests would see if the guards were not there: each replaces one module, and the race shows. */
describe('without', () => {
  let orders: TestOrders;
  let offerId: string;
  let buyer: Identity;
  beforeAll(async () => {
    orders = await createTestOrders({ environment: { ORDERS_POOL_SIZE: '16' } });
    offerId = await orders.offer(await orders.event(), 1000, 2500);
    buyer = await orders.buyer();
  });
  afterAll(() => orders.stop());
  afterEach(() => jest.restoreAllMocks());

  const bought = async (): Promise<OrderView> => {
    const { id, payment } = await orders.placed(buyer, offerId, 2, 5350);
    await orders.pay(payment?.id ?? '');
    await orders.until(id, 'COMPLETED');
    return orders.order(id, buyer);
  };
  const letInAtOnce = async (code: string): Promise<number> => {
    const query = `mutation ($code: String!) { checkInTicket(code: $code) { __typename } }`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => orders.ask<{ checkInTicket: Answer }>(orders.door, query, { code })),
    );
    return answers.filter(({ checkInTicket }) => checkInTicket.__typename === 'CheckInTicketPayload').length;
  };
  /** How many of two refunds of different tickets, asked for at once, went through. */
  const refundAtOnce = async (order: OrderView): Promise<number> => {
    const results = await Promise.allSettled(
      order.tickets.map(({ id }) =>
        orders.mutate(orders.owner, 'refundPayment', {
          orderId: order.id,
          ticketIds: [id],
          reason: 'Ill.',
          idempotencyKey: newId(),
        }),
      ),
    );
    return results.filter(({ status }) => status === 'fulfilled').length;
  };

  test('one statement that decides, a ticket lets several people in', async () => {
    const [first, second] = (await bought()).tickets;
    const redeem = jest.spyOn(redemption, 'redeemTicket').mockImplementation(async (sql, id, version, by) => {
      const ticket = await findTicket(sql, id, null);
      if (ticket?.state !== 'VALID' || ticket.codeVersion !== version) return null;
      await sql.query(
        `update ticket set state = 'REDEEMED', redeemed_at = foyer_now(), redeemed_by = $2 where id = $1`,
        [id, by],
      );
      return { ...ticket, state: 'REDEEMED' };
    });
    expect(await letInAtOnce(first?.code ?? '')).toBeGreaterThan(1);
    redeem.mockRestore();
    expect(await letInAtOnce(second?.code ?? '')).toBe(1);
  });

  test('the order’s lock, changes at once run into each other, and only the database’s keys stop them', async () => {
    const order = await bought();
    const both = new Set<() => void>();
    const lock = jest.spyOn(locks, 'lockOrder').mockImplementation(async (sql, id) => {
      const [order] = await sql.query<OrderRow>(`select ${ORDER_COLUMNS} from orders o where o.id = $1`, [
        id,
      ]);
      // Goes on when the other has read, too.
      await new Promise<void>((resolve) => {
        both.add(resolve);
        if (both.size >= 2) for (const proceed of both) proceed();
      });
      return order ? { order, now: new Date() } : null;
    });
    expect(await refundAtOnce(order)).toBe(1);
    lock.mockRestore();
    expect(await refundAtOnce(await bought())).toBe(2);
  });
});
