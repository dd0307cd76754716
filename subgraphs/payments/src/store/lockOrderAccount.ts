import type { Queryable } from '@foyer/kafka';

/** Where the money of an order stands. Minor units of `currency`. */
export interface OrderAccount {
  readonly orderId: string;
  readonly organizationId: string;
  readonly currency: string;
  /** Null until orders said that it is completed. */
  readonly completedTotal: bigint | null;
  readonly suspense: bigint;
  readonly payable: bigint;
}

/** An order's account, locked until the transaction's end. @returns null when the order has no payment. */
export async function lockOrderAccount(sql: Queryable, orderId: string): Promise<OrderAccount | null> {
  const [row] = await sql.query<OrderAccount>(
    `select order_id as "orderId", organization_id as "organizationId", currency,
       completed_total as "completedTotal", suspense, payable
     from order_account where order_id = $1 for update`,
    [orderId],
  );
  return row ?? null;
}
