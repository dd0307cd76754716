import type { Queryable } from '@foyer/kafka';

/** Whether a change of a reservation is asked of inventory and not answered yet. */
export async function reservationIsChanging(sql: Queryable, id: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as changing from saga where order_id = $1 and kind = 'CHANGE' and state in ('RUNNING', 'PARKED')`,
    [id],
  );
  return rows.length > 0;
}
