import { Type, type Static } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, Instant, MoneyAmount, oneOf, orNull, Sealed } from './parts.js';

/** Status of a reservation. */
export const RESERVATION_STATUSES = [
  'PENDING',
  'CONFIRMED',
  'SEATED',
  'COMPLETED',
  'CANCELLED',
  'NO_SHOW',
] as const;

/** Why a reservation was cancelled. */
export const RESERVATION_REASONS = [
  /** By whoever booked. */
  'BY_GUEST',
  /** By the restaurant or staff: a deposit goes back whole. */
  'BY_RESTAURANT',
  /** Nobody paid the deposit before its hold ended. */
  'NOT_PAID_IN_TIME',
  /** The deposit came too late, and the table was gone; it goes back. */
  'TABLE_GONE',
  /** It could not be made. */
  'NOT_MADE',
] as const;

/** A reservation as others need to know it; each reservation event carries the whole present state. */
export const ReservationSnapshot = Type.Object({
  /** Also the id of its order. */
  reservationId: Id,
  /** What people read out. */
  code: Type.String(),
  restaurantId: Id,
  areaId: Id,
  startsAt: Instant,
  endsAt: Instant,
  partySize: Type.Integer({ minimum: 1 }),
  /** null: a guest without an account, or a walk-in. */
  userId: orNull(Id),
  /** Name and how to reach them; purpose `reservation-guest`. null: a walk-in who left no name. */
  guest: orNull(Sealed),
  status: oneOf(...RESERVATION_STATUSES),
  /** Why it was cancelled; null unless it was. */
  reason: Type.Optional(orNull(oneOf(...RESERVATION_REASONS))),
  /** The deposit, and what becomes of it when its guest cancels, as agreed when it was booked. Amount 0: none. */
  policy: Type.Optional(
    Type.Object({
      deposit: MoneyAmount,
      /** Who cancels before gets everything back. */
      freeUntil: Instant,
      /** What share of the deposit is kept from who cancels later. */
      thenPercent: Type.Integer({ minimum: 0, maximum: 100 }),
    }),
  ),
});

/** A reservation as others need to know it. */
export type ReservationSnapshot = Static<typeof ReservationSnapshot>;

const reservation = {
  topic: 'order-events',
  aggregateType: 'reservation',
  version: 1,
  data: ReservationSnapshot,
} as const;

/** Somebody asked for a table; its seats are held. */
export const ReservationCreated = defineEvent({ ...reservation, type: 'reservation.created' });

/** Time, area or party size of a reservation changed. */
export const ReservationChanged = defineEvent({
  ...reservation,
  type: 'reservation.changed',
  data: Type.Composite([
    ReservationSnapshot,
    Type.Object({
      /** What it was before. */
      previous: Type.Optional(
        Type.Object({ areaId: Id, startsAt: Instant, partySize: Type.Integer({ minimum: 1 }) }),
      ),
    }),
  ]),
});

/** The table is theirs. */
export const ReservationConfirmed = defineEvent({ ...reservation, type: 'reservation.confirmed' });

/** Nobody will come; the table is free again. */
export const ReservationCancelled = defineEvent({ ...reservation, type: 'reservation.cancelled' });

/** The party is at the table. */
export const ReservationSeated = defineEvent({ ...reservation, type: 'reservation.seated' });

/** The party has dined. */
export const ReservationCompleted = defineEvent({ ...reservation, type: 'reservation.completed' });

/** The party did not come. */
export const ReservationNoShow = defineEvent({ ...reservation, type: 'reservation.no-show' });
