import type { Queryable } from '@foyer/kafka';
import { ORDER_COLUMNS, type OrderRow } from './orderRow.js';

/** Which orders. */
export interface OrderQuery {
  readonly buyerId?: string;
  readonly organizationId?: string;
  readonly eventId?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly code?: string | null | undefined;
  /** Leaves out those that could not be made. */
  readonly made?: boolean;
  /** The last one of the page before. */
  readonly after: { readonly placedAt: string; readonly id: string } | null;
  readonly limit: number;
}

/** Orders, newest first. */
export function findOrders(sql: Queryable, query: OrderQuery): Promise<OrderRow[]> {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `o.buyer_id = ${p}`, query.buyerId);
  where((p) => `o.organization_id = ${p}`, query.organizationId);
  where((p) => `o.event_id = ${p}`, query.eventId);
  where((p) => `o.status = ${p}`, query.status);
  where((p) => `o.code = ${p}`, query.code);
  if (query.after) {
    values.push(query.after.placedAt, query.after.id);
    conditions.push(`(o.placed_at, o.id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  if (query.made) conditions.push(`o.status <> 'FAILED'`);
  values.push(query.limit);
  return sql.query<OrderRow>(
    `select ${ORDER_COLUMNS} from orders o where ${conditions.join(' and ')}
     order by o.placed_at desc, o.id desc limit $${values.length}`,
    values,
  );
}
