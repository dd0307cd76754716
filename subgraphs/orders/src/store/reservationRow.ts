import type { ReservationReason, ReservationStatus } from '../domain/reservationStatus.js';

/** A reservation as the store works on it. Its code and version are its order's. */
export interface ReservationRow {
  /** Also its order's id. */
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly restaurantId: string;
  readonly restaurantName: string;
  readonly organizationId: string;
  /** null: staff booked for somebody without an account. */
  readonly userId: string | null;
  readonly status: ReservationStatus;
  readonly reason: ReservationReason | null;
  readonly areaId: string;
  readonly areaName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly partySize: number;
  /** The restaurant's day, `2026-12-24`; null until a table is held. */
  readonly day: string | null;
  /** Names of its tables; none where only seats count. */
  readonly tables: readonly string[];
  readonly specialRequests: string;
  /** Sealed; null: a walk-in who left no name. */
  readonly guest: string | null;
  readonly walkIn: boolean;
  readonly freeUntil: Date;
  readonly freeUntilHours: number;
  readonly thenPercent: number;
  /** The deposit, in minor units of `currency`. */
  readonly deposit: number;
  readonly currency: string;
  /** Whether a table was ever held for it, so that others have heard of it. */
  readonly held: boolean;
  readonly bookedAt: Date;
}

/** Columns of a reservation `r` with its order `o` as `ReservationRow` names them. */
export const RESERVATION_COLUMNS = `r.id, o.code, o.version::float8 as version, r.restaurant_id as "restaurantId",
  o.event_name as "restaurantName", o.organization_id as "organizationId", r.user_id as "userId", r.status, r.reason,
  r.area_id as "areaId", r.area_name as "areaName", r.starts_at as "startsAt", r.ends_at as "endsAt",
  r.party_size as "partySize", r.day::text as day, r.tables, r.special_requests as "specialRequests", r.guest,
  r.walk_in as "walkIn", r.free_until as "freeUntil", r.free_until_hours as "freeUntilHours",
  r.then_percent as "thenPercent", o.total::float8 as deposit, o.currency,
  o.hold_expires_at is not null as held, o.placed_at as "bookedAt"`;

/** Where a reservation's columns are. */
export const RESERVATION_TABLES = `reservation r join orders o on o.id = r.id`;
