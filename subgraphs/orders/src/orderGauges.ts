import type { Queryable } from '@foyer/kafka';
import type { GaugeOptions } from '@foyer/platform';

/** What is under way, for operators; all of it is read from partial indexes. */
export function orderGauges(sql: Queryable): readonly GaugeOptions[] {
  return [
    {
      name: 'foyer_sagas',
      help: 'Sagas that are not over, by kind and state; PARKED ones wait for an operator',
      labels: ['kind', 'state'],
      collect: async () => {
        const rows = await sql.query<{ kind: string; state: string; count: number }>(
          `select kind, state, count(*)::int as count from saga where state in ('RUNNING', 'PARKED') group by 1, 2`,
        );
        return rows.map(({ count, ...labels }) => ({ labels, value: count }));
      },
    },
    {
      name: 'foyer_orders_pending',
      help: 'Orders that wait for their payment',
      collect: async () => {
        const rows = await sql.query<{ count: number }>(
          `select count(*)::int as count from orders where status = 'PENDING' and hold_expires_at is not null`,
        );
        return rows.map(({ count }) => ({ value: count }));
      },
    },
  ];
}
