import { findEventCopy } from '@foyer/kafka';
import type { RequestContext } from '@foyer/platform';
import DataLoader from 'dataloader';
import type { Store } from '../store/openStore.js';
import { ORDER_COLUMNS, type OrderRow } from '../store/orderRow.js';
import { paymentsOfOrders } from '../store/payments.js';
import { ticketsOfOrders } from '../store/tickets.js';
import type { OrdersContext } from './context.js';

/** Adds the loaders of one request. */
export function createContext({ sql, database }: Store, base: RequestContext): OrdersContext {
  const { client } = database;
  const userId = base.identity.kind === 'user' ? base.identity.userId : null;
  const loader = <Value>(
    load: (ids: readonly string[]) => Promise<readonly Value[]>,
  ): DataLoader<string, Value> => new DataLoader(load, { cache: false });
  const ofOrders = <Row extends { readonly orderId: string }>(
    find: (orderIds: string[]) => Promise<readonly Row[]>,
  ): DataLoader<string, readonly Row[]> =>
    loader(async (ids) => {
      const found = new Map<string, Row[]>(ids.map((id) => [id, []]));
      for (const row of await find([...found.keys()])) found.get(row.orderId)?.push(row);
      return ids.map((id) => found.get(id) ?? []);
    });
  return {
    ...base,
    orders: loader(async (ids) => {
      const query = `select ${ORDER_COLUMNS} from orders o where o.id = any($1::uuid[])`;
      const found = new Map((await sql.query<OrderRow>(query, [ids])).map((order) => [order.id, order]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    lines: ofOrders((ids) =>
      client.orderLine.findMany({
        where: { orderId: { in: ids } },
        orderBy: [{ orderId: 'asc' }, { position: 'asc' }],
      }),
    ),
    refunds: ofOrders((ids) =>
      client.refund.findMany({ where: { orderId: { in: ids } }, orderBy: { id: 'asc' } }),
    ),
    changes: ofOrders((ids) =>
      client.orderChange.findMany({
        where: { orderId: { in: ids } },
        orderBy: [{ orderId: 'asc' }, { version: 'asc' }],
      }),
    ),
    payments: ofOrders((ids) => paymentsOfOrders(sql, ids)),
    tickets: ofOrders((ids) => ticketsOfOrders(sql, ids, userId)),
    events: loader((ids) => Promise.all(ids.map((id) => findEventCopy(sql, id)))),
  };
}
