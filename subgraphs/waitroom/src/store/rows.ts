import type { Entry } from '../domain/entry.js';
import type { EntryStatus } from '../domain/entryStatus.js';
import type { LogDetail, LogKind, LogRow } from '../domain/logRow.js';
import type { Queue } from '../domain/queue.js';
import type { EndedReason, Offer, SaleState } from '../domain/saleState.js';

/** A row of `queue`, as the driver gives it. */
export interface QueueRow {
  readonly event_id: string;
  readonly organization_id: string;
  readonly published: boolean;
  readonly cancelled: boolean;
  readonly sale_starts_at: Date;
  readonly sale_ends_at: Date;
  readonly configured_maximum: number;
  readonly configured_rate: number;
  readonly maximum_in_checkout: number;
  readonly admissions_per_minute: number;
  readonly opened_at: Date | null;
  readonly paused: boolean;
  readonly sale_state: SaleState;
  readonly seed: Buffer;
  readonly drawn_seq: bigint | null;
  readonly drawn_at: Date | null;
  readonly drawn_count: number | null;
  readonly entries_hash: Buffer | null;
  readonly last_seq: bigint;
  readonly waiting: number;
  readonly places_taken: number;
  readonly unspent: number;
  readonly paced_until: Date;
  readonly ending_done: boolean;
  readonly settled: boolean;
}

/** A row of `queue` in the domain's words. */
export function queueOf(row: QueueRow): Queue {
  return {
    eventId: row.event_id,
    organizationId: row.organization_id,
    published: row.published,
    cancelled: row.cancelled,
    saleStartsAt: row.sale_starts_at,
    saleEndsAt: row.sale_ends_at,
    configuredMaximum: row.configured_maximum,
    configuredRate: row.configured_rate,
    maximumInCheckout: row.maximum_in_checkout,
    admissionsPerMinute: row.admissions_per_minute,
    openedAt: row.opened_at,
    paused: row.paused,
    saleState: row.sale_state,
    seed: row.seed,
    drawnSeq: row.drawn_seq === null ? null : Number(row.drawn_seq),
    drawnAt: row.drawn_at,
    drawnCount: row.drawn_count,
    entriesHash: row.entries_hash,
    lastSeq: Number(row.last_seq),
    waiting: row.waiting,
    placesTaken: row.places_taken,
    unspent: row.unspent,
    pacedUntil: row.paced_until,
    endingDone: row.ending_done,
    settled: row.settled,
  };
}

/** A row of `entry`, as the driver gives it. */
export interface EntryRow {
  readonly id: string;
  readonly event_id: string;
  readonly user_id: string;
  readonly seq: bigint;
  readonly status: EntryStatus;
  readonly stay_for_returns: boolean;
  readonly joined_at: Date;
  readonly ended_reason: EndedReason | null;
  readonly admission_id: string | null;
  readonly admission_expires_at: Date | null;
  readonly place_held: boolean;
  readonly order_id: string | null;
}

/** The columns of an `EntryRow`. */
export const ENTRY_COLUMNS = `id, event_id, user_id, seq, status, stay_for_returns, joined_at, ended_reason,
  admission_id, admission_expires_at, place_held, order_id`;

/** A row of `entry` in the domain's words. */
export function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    eventId: row.event_id,
    userId: row.user_id,
    seq: Number(row.seq),
    status: row.status,
    stayForReturns: row.stay_for_returns,
    joinedAt: row.joined_at,
    endedReason: row.ended_reason,
    admissionId: row.admission_id,
    admissionExpiresAt: row.admission_expires_at,
    placeHeld: row.place_held,
    orderId: row.order_id,
  };
}

/** A row of `queue_log`, as the driver gives it. */
export interface LogTableRow {
  readonly event_id: string;
  readonly seq: bigint;
  readonly kind: LogKind;
  readonly entry_id: string | null;
  readonly entry_seq: bigint | null;
  readonly place: number;
  readonly detail: LogDetail | null;
  readonly at: Date;
}

/** A row of `queue_log` in the domain's words. */
export function logRowOf(row: LogTableRow): LogRow {
  return {
    seq: Number(row.seq),
    kind: row.kind,
    entryId: row.entry_id,
    entrySeq: row.entry_seq === null ? null : Number(row.entry_seq),
    place: row.place,
    detail: row.detail,
    at: row.at,
  };
}

/** A row of `queue_offer`, as the driver gives it. */
export interface OfferRow {
  readonly total: number;
  readonly reserved: number;
  readonly sold: number;
  readonly taken: number;
  readonly state: string | null;
  readonly paused: boolean;
  readonly sale_starts_at: Date | null;
  readonly sale_ends_at: Date | null;
}

/** A row of `queue_offer` in the domain's words. */
export function offerOf(row: OfferRow): Offer {
  return {
    total: row.total,
    reserved: row.reserved,
    sold: row.sold,
    taken: row.taken,
    state: row.state,
    paused: row.paused,
    saleStartsAt: row.sale_starts_at,
    saleEndsAt: row.sale_ends_at,
  };
}
