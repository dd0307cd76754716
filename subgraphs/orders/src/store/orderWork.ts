import type { OutboxEvent } from '@foyer/kafka';
import { invariant, newId, type SqlTransaction } from '@foyer/platform';
import { orderStatus, takesLateMoney, type OrderReason, type OrderStatus } from '../domain/orderStatus.js';
import { announceOrder } from './announceOrder.js';
import { notePoint } from './commitPoints.js';
import { lockOrder } from './lockOrder.js';
import { LINE_COLUMNS, type LineRow, type OrderRow } from './orderRow.js';
import type { Store } from './openStore.js';
import { findReservation } from './findReservation.js';
import type { NewPayment } from './payments.js';
import type { ReservationRow } from './reservationRow.js';
import type { NewSaga, SagaRow } from './sagaRow.js';
import { LeaseLost, type Lease } from './sagas.js';

/** What happened to an order, as its history names it. */
export type ChangeKind =
  | 'HELD'
  | 'PAYMENT_READY'
  | 'PAYMENT_DECLINED'
  | 'PAYMENT_CLOSED'
  | 'PAID'
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELLED'
  | 'REFUND_REQUESTED'
  | 'REFUNDED'
  | 'REFUND_FAILED'
  | 'TICKET_TRANSFERRED'
  | 'TABLE_CHANGED'
  | 'SEATED'
  | 'DINED'
  | 'NO_SHOW';

/** Fields of an order that change. */
export type OrderPatch = Partial<
  Pick<
    OrderRow,
    | 'currency'
    | 'subtotal'
    | 'fees'
    | 'tax'
    | 'total'
    | 'captured'
    | 'refundRequested'
    | 'refunded'
    | 'holdExpiresAt'
  >
>;

/** What an order's work needs of the store. */
export type WorkStore = Pick<Store, 'outbox' | 'pubsub' | 'wakeSagas'>;

/** One change of an order. */
export interface OrderChange {
  readonly kind: ChangeKind;
  readonly status?: OrderStatus;
  readonly reason?: OrderReason;
  /** Details for people. */
  readonly note?: string;
  /** Who did it; left out: the system itself. */
  readonly actorId?: string;
  readonly patch?: OrderPatch;
}

/**
 * An order under its lock, in a transaction. Changes, events and sagas are gathered and written at its end: the order's
 * row and its history in one statement, the events last (the outbox's locks come after all others).
 */
export class OrderWork {
  private present: OrderRow;
  private readonly changes: (Required<Pick<OrderChange, 'kind'>> &
    Omit<OrderChange, 'patch'> & { version: number })[] = [];
  private readonly events: OutboxEvent[] = [];
  private readonly sagas: NewSaga[] = [];
  private readonly payments: NewPayment[] = [];
  private progress: { readonly saga: SagaRow; readonly lease: Lease } | null = null;
  private knownLines: readonly LineRow[] | null = null;
  private knownReservation: ReservationRow | null = null;

  constructor(
    readonly sql: SqlTransaction,
    private readonly store: WorkStore,
    order: OrderRow,
    /** The database's time when the lock was asked for. */
    readonly now: Date,
  ) {
    this.present = order;
  }

  /** The order as it stands, changes included. */
  get order(): OrderRow {
    return this.present;
  }

  /** Its lines, read after the lock. */
  async lines(): Promise<readonly LineRow[]> {
    this.knownLines ??= await this.sql.query<LineRow>(
      `select ${LINE_COLUMNS} from order_line where order_id = $1 order by position`,
      [this.order.id],
    );
    return this.knownLines;
  }

  /** Takes lines that were written in this transaction for the order's. */
  setLines(lines: readonly LineRow[]): void {
    this.knownLines = lines;
  }

  /** Its reservation, read after the lock; null where tickets are sold. */
  async reservation(): Promise<ReservationRow | null> {
    if (this.order.kind !== 'TABLE') return null;
    this.knownReservation ??= await findReservation(this.sql, this.order.id);
    return this.knownReservation;
  }

  /** Takes a reservation that was written in this transaction for the order's. */
  setReservation(reservation: ReservationRow): void {
    this.knownReservation = reservation;
  }

  /** Changes the order. @throws InvariantViolation for a status that can't follow the present one. */
  change({ patch, ...change }: OrderChange): void {
    const { status, reason, version } = this.present;
    const next = change.status ?? status;
    if (next !== status) {
      const late = next === 'COMPLETED' && status === 'CANCELLED' && !takesLateMoney(status, reason);
      invariant(
        orderStatus.allows(status, next) && !late,
        `order ${this.present.id} can't go from ${status} to ${next}`,
      );
    }
    const nextReason = change.reason ?? (next === 'COMPLETED' ? null : reason);
    this.present = { ...this.present, ...patch, status: next, reason: nextReason, version: version + 1 };
    this.changes.push({ ...change, status: next, version: version + 1 });
  }

  /** Publishes an event with this transaction. */
  publish(event: OutboxEvent): void {
    this.events.push(event);
  }

  /** Begins a saga with this transaction, unless one of the kind is unfinished. */
  begin({ id = newId(), ...saga }: Omit<NewSaga, 'id'> & { readonly id?: string }): void {
    this.sagas.push({ id, ...saga });
    notePoint(this.sql, `${saga.kind}.BEGIN`);
  }

  /** Writes a payment down with this transaction, before it is asked for. */
  addPayment(payment: NewPayment): void {
    this.payments.push(payment);
  }

  /** Writes with this transaction how far the saga is that it belongs to. */
  saveSaga(saga: SagaRow, lease: Lease): void {
    this.progress = { saga, lease };
  }

  /**
   * Writes what was gathered, in one statement, then the events.
   * @throws LeaseLost when the saga is in other hands: nothing of the transaction may count.
   */
  async flush(): Promise<void> {
    const { sql, present, store, changes, sagas, payments, progress } = this;
    if (changes.length + sagas.length + payments.length > 0 || progress) {
      const { saga, lease } = progress ?? {};
      const [saved] = await sql.query<{ progressed: boolean }>(SAVE, [
        present.id,
        present.status,
        present.reason,
        present.version,
        present.currency,
        present.subtotal,
        present.fees,
        present.tax,
        present.total,
        present.captured,
        present.refundRequested,
        present.refunded,
        present.holdExpiresAt,
        JSON.stringify(changes),
        JSON.stringify(payments),
        JSON.stringify(sagas),
        saga?.id,
        lease?.holder,
        saga?.state,
        saga?.step,
        saga?.undoing,
        saga?.taken,
        saga && JSON.stringify(saga.data),
        saga?.outcome && JSON.stringify(saga.outcome),
        saga?.attempts,
        saga?.lastError,
        lease?.milliseconds,
      ]);
      if (saga && !saved?.progressed) throw new LeaseLost(`saga ${saga.id} is in other hands`);
    }
    if (changes.length > 0) announceOrder(sql, store.pubsub, present);
    if (sagas.length > 0) sql.afterCommit(() => store.wakeSagas());
    await store.outbox.appendAll(sql, this.events);
  }
}

const SAVE = `
  with changed as (
    insert into order_change (order_id, version, at, kind, status, reason, note, actor_id)
    select $1, version, foyer_now(), kind, status, reason, note, "actorId"
    from jsonb_to_recordset($14::jsonb)
      as (version bigint, kind text, status text, reason text, note text, "actorId" uuid)
    returning 1
  ), saved as (
    update orders set status = $2, reason = $3, version = $4, currency = $5, subtotal = $6, fees = $7, tax = $8,
      total = $9, captured = $10, refund_requested = $11, refunded = $12, hold_expires_at = $13, updated_at = foyer_now()
    where id = $1 and exists (select from changed)
  ), asked as (
    insert into order_payment (payment_id, order_id, provider, amount, currency, state, created_at)
    select "paymentId", $1, provider, amount, currency, 'ASKED', foyer_now()
    from jsonb_to_recordset($15::jsonb) as ("paymentId" uuid, provider text, amount bigint, currency text)
  ), begun as (
    insert into saga (id, order_id, kind, state, step, taken, data, next_attempt_at, started_at, updated_at)
    select id, $1, kind, 'RUNNING', step, array[step], data, clock_timestamp(), clock_timestamp(), clock_timestamp()
    from jsonb_to_recordset($16::jsonb) as (id uuid, kind text, step text, data jsonb)
    on conflict (order_id, kind) where state in ('RUNNING', 'PARKED') and kind <> 'REFUND' do nothing
  ), progressed as (
    update saga set state = $19, step = $20, undoing = $21, taken = $22, data = $23, outcome = $24, attempts = $25,
      last_error = $26, updated_at = clock_timestamp(),
      lease_holder = case when $19 = 'RUNNING' then lease_holder end,
      lease_until = case when $19 = 'RUNNING' then clock_timestamp() + $27 * interval '1 millisecond' end
    where id = $17 and lease_holder = $18 and state = 'RUNNING'
    returning 1
  )
  select exists (select from progressed) as progressed`;

/**
 * Works on one order under its lock, in a transaction given by somebody else.
 * @returns null when there is no such order.
 */
export async function workWithin<Result>(
  store: WorkStore,
  sql: SqlTransaction,
  orderId: string,
  work: (order: OrderWork) => Promise<Result>,
): Promise<Result | null> {
  const locked = await lockOrder(sql, orderId);
  if (!locked) return null;
  const unit = new OrderWork(sql, store, locked.order, locked.now);
  const result = await work(unit);
  await unit.flush();
  return result;
}

/** Works on one order under its lock, in a transaction of its own. @returns null when there is no such order. */
export function workOnOrder<Result>(
  store: Store,
  orderId: string,
  work: (order: OrderWork) => Promise<Result>,
): Promise<Result | null> {
  return store.transact((sql) => workWithin(store, sql, orderId, work));
}
