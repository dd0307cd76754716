import { AdmissionSpent, outboxEvent } from '@foyer/kafka';
import { isUniqueViolation } from '@foyer/platform';
import type { Admission } from '../domain/admission.js';
import { newOrderCode } from '../domain/orderCode.js';
import { admissionRefused } from '../domain/refusals.js';
import type { PricedLine, Totals } from '../domain/pricing.js';
import { announceOrder } from './announceOrder.js';
import { notePoint } from './commitPoints.js';
import type { Store } from './openStore.js';
import type { ReservationRow } from './reservationRow.js';
import type { SagaRow } from './sagaRow.js';
import type { Lease } from './sagas.js';

/** Operations that make orders: their idempotency keys are free again when the order could not be made. */
export type PlacingOperation = 'placeOrder' | 'reserveTable';

/** A reservation to be recorded with its order. */
export type NewReservation = Pick<
  ReservationRow,
  | 'userId'
  | 'areaId'
  | 'areaName'
  | 'startsAt'
  | 'endsAt'
  | 'partySize'
  | 'specialRequests'
  | 'guest'
  | 'walkIn'
  | 'freeUntil'
  | 'freeUntilHours'
  | 'thenPercent'
>;

/** An order to be recorded. */
export interface NewOrder {
  /** Its saga at the first step; names the order. */
  readonly saga: SagaRow;
  readonly buyer: { readonly userId: string; readonly name: string; readonly email: string };
  /** The event, or the restaurant. */
  readonly listing: { readonly id: string; readonly name: string; readonly organizationId: string };
  /** null where tickets are sold. */
  readonly reservation: NewReservation | null;
  readonly lines: readonly PricedLine[];
  readonly totals: Totals;
  /** null where the event has no waiting room. */
  readonly admission: Admission | null;
  /** Who asks, and under which key. */
  readonly idempotency: {
    readonly personId: string;
    readonly operation: PlacingOperation;
    readonly key: string;
    readonly inputHash: string;
  };
  /** The process that runs the saga. */
  readonly lease: Lease;
}

/**
 * Records an order, its saga, its idempotency key and its admission's use in one transaction.
 * @returns false when the key is taken: by an order that stands or is being made. Nothing is recorded then.
 * @throws Refused when the admission has been used or given up.
 */
export async function recordOrder(store: Store, order: NewOrder): Promise<boolean> {
  for (;;) {
    try {
      return await attempt(store, order);
    } catch (error) {
      // One in 850 thousand million: another code will do.
      if (!isUniqueViolation(error, 'orders_code')) throw error;
    }
  }
}

function attempt(store: Store, order: NewOrder): Promise<boolean> {
  const { saga, buyer, listing, reservation, lines, totals, admission, idempotency, lease } = order;
  const { orderId } = saga;
  return store.transact(async (sql) => {
    const [row] = await sql.query<{ recorded: boolean; spent: boolean; closed: boolean }>(RECORD, [
      orderId,
      newOrderCode(),
      buyer.userId,
      buyer.name,
      buyer.email,
      listing.id,
      listing.name,
      listing.organizationId,
      totals.currency,
      totals.subtotal,
      totals.fees,
      totals.tax,
      totals.total,
      JSON.stringify(lines.map((line, position) => ({ position, ...line }))),
      idempotency.key,
      idempotency.inputHash,
      saga.id,
      JSON.stringify(saga.data),
      lease.holder,
      lease.milliseconds,
      saga.deadline,
      admission?.admissionId ?? null,
      admission?.expiresAt ?? null,
      saga.kind,
      saga.step,
      saga.taken,
      idempotency.personId,
      idempotency.operation,
      reservation ? 'TABLE' : 'TICKETS',
      JSON.stringify(reservation ? [reservation] : []),
    ]);
    if (!row?.recorded) return false;
    if (admission && !row.spent) {
      throw admissionRefused(row.closed ? 'ADMISSION_GIVEN_UP' : 'ADMISSION_USED', listing.id);
    }
    notePoint(sql, 'PLACE.BEGIN');
    announceOrder(sql, store.pubsub, {
      id: orderId,
      kind: reservation ? 'TABLE' : 'TICKETS',
      buyerId: buyer.userId,
      eventId: listing.id,
    });
    if (admission) {
      const data = {
        admissionId: admission.admissionId,
        eventId: listing.id,
        userId: buyer.userId,
        orderId,
      };
      await store.outbox.appendAll(sql, [
        outboxEvent(AdmissionSpent, { aggregateId: admission.admissionId, data }),
      ]);
    }
    return true;
  });
}

// Everything hangs on the key: whoever finds it taken writes nothing. Its unique index makes calls that come at once
// wait for the first one's commit.
const RECORD = `
  with key as (
    insert into idempotency_key as k (person_id, operation, key, input_hash, order_id, saga_id, created_at)
    values ($27, $28, $15, $16, $1, $17, foyer_now())
    on conflict (person_id, operation, key) do update
      set input_hash = excluded.input_hash, order_id = excluded.order_id, saga_id = excluded.saga_id,
        refused = false, created_at = excluded.created_at
      where k.refused or k.created_at < foyer_now() - interval '24 hours'
    returning 1
  ), spent as (
    insert into admission as a (admission_id, event_id, user_id, state, order_id, expires_at)
    select $22::uuid, $6::uuid, $3::uuid, 'SPENT', $1::uuid, $23::timestamptz from key where $22::uuid is not null
    on conflict (admission_id) do update set state = 'SPENT', order_id = excluded.order_id
      where a.state = 'RETURNED'
    returning 1
  ), recorded as (
    insert into orders (id, kind, code, buyer_id, buyer_name, buyer_email, event_id, event_name, organization_id, status,
      version, currency, subtotal, fees, tax, total, admission_id, placed_at, updated_at)
    select $1, $29, $2, $3, $4, $5, $6, $7, $8, 'PENDING', 1, $9, $10, $11, $12, $13, $22, foyer_now(), foyer_now() from key
    returning 1
  ), lined as (
    insert into order_line (order_id, position, offer_id, name, quantity, unit_price, subtotal, fee, tax, tax_included,
      total)
    select $1, l.position, l."offerId", l.name, l.quantity, l."unitPrice", l.subtotal, l.fee, l.tax, l."taxIncluded",
      l.total
    from recorded, jsonb_to_recordset($14::jsonb) as l (position int, "offerId" uuid, name text, quantity int,
      "unitPrice" bigint, subtotal bigint, fee bigint, tax bigint, "taxIncluded" boolean, total bigint)
  ), changed as (
    insert into order_change (order_id, version, at, kind, status, actor_id)
    select $1, 1, foyer_now(), 'PLACED', 'PENDING', $27 from recorded
  ), reserved as (
    insert into reservation (id, restaurant_id, user_id, status, area_id, area_name, starts_at, ends_at, party_size,
      special_requests, guest, walk_in, free_until, free_until_hours, then_percent)
    select $1, $6, r."userId", 'PENDING', r."areaId", r."areaName", r."startsAt", r."endsAt", r."partySize",
      r."specialRequests", r.guest, r."walkIn", r."freeUntil", r."freeUntilHours", r."thenPercent"
    from recorded, jsonb_to_recordset($30::jsonb) as r ("userId" uuid, "areaId" uuid, "areaName" text,
      "startsAt" timestamptz, "endsAt" timestamptz, "partySize" int, "specialRequests" text, guest text,
      "walkIn" boolean, "freeUntil" timestamptz, "freeUntilHours" int, "thenPercent" int)
  ), begun as (
    insert into saga (id, order_id, kind, state, step, taken, data, next_attempt_at, deadline, lease_holder,
      lease_until, started_at, updated_at)
    select $17, $1, $24, 'RUNNING', $25, $26::text[], $18::jsonb, clock_timestamp(), $21, $19,
      clock_timestamp() + $20 * interval '1 millisecond', clock_timestamp(), clock_timestamp()
    from recorded
  )
  select exists (select from recorded) as recorded, exists (select from spent) as spent,
    exists (select from admission where admission_id = $22 and state = 'CLOSED') as closed`;
