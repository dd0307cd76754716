import type { SqlTransaction } from '@foyer/platform';

/** How far a payment of an order is, as orders knows it. */
export type PaymentState = 'ASKED' | 'READY' | 'DECLINED' | 'CLOSED' | 'CAPTURED';

/** A payment asked for an order. */
export interface PaymentRow {
  readonly paymentId: string;
  readonly orderId: string;
  readonly provider: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly state: PaymentState;
  /** Whether its money pays the order. */
  readonly settles: boolean;
  /** Whether payments is known to have made it, so that it can be looked at there. */
  readonly made: boolean;
}

/** A payment that is to be asked for. */
export type NewPayment = Pick<PaymentRow, 'paymentId' | 'provider' | 'amount' | 'currency'>;

const COLUMNS = `payment_id as "paymentId", order_id as "orderId", provider, amount::float8 as amount, currency, state,
  settles, made`;

/** The payments of several orders, oldest first. */
export function paymentsOfOrders(
  sql: Pick<SqlTransaction, 'query'>,
  orderIds: readonly string[],
): Promise<PaymentRow[]> {
  return sql.query<PaymentRow>(
    `select ${COLUMNS} from order_payment where order_id = any($1::uuid[]) order by created_at, payment_id`,
    [orderIds],
  );
}

/** The order's payments, oldest first. To be read under the order's lock. */
export function paymentsOf(sql: Pick<SqlTransaction, 'query'>, orderId: string): Promise<PaymentRow[]> {
  return paymentsOfOrders(sql, [orderId]);
}

/** The payment that can be paid now; null when there is none. */
export function openPayment(payments: readonly PaymentRow[]): PaymentRow | null {
  return payments.find(({ state }) => state === 'ASKED' || state === 'READY') ?? null;
}

/** The payment whose money pays the order; null when there is none. */
export function settlingPayment(payments: readonly PaymentRow[]): PaymentRow | null {
  return payments.find(({ settles }) => settles) ?? null;
}

/** The payment that people are shown: the one to be paid, else the one that paid, else the last; null when none is made. */
export function shownPayment(payments: readonly PaymentRow[]): PaymentRow | null {
  const made = payments.filter((payment) => payment.made);
  return openPayment(made) ?? settlingPayment(made) ?? made.at(-1) ?? null;
}

/**
 * Moves a payment of an order on from one of some states.
 * @returns whether it was in one of them.
 */
export async function movePayment(
  { sql, order }: { readonly sql: SqlTransaction; readonly order: { readonly id: string } },
  paymentId: string,
  from: readonly PaymentState[],
  to: PaymentState,
): Promise<boolean> {
  const moved = await sql.query(
    `update order_payment set state = $3, made = made or $3 in ('READY', 'DECLINED')
     where payment_id = $1 and order_id = $4 and state = any($2::text[])
     returning 1 as moved`,
    [paymentId, from, to, order.id],
  );
  return moved.length > 0;
}
