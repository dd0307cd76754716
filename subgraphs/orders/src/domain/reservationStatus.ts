import { defineStateMachine, invariant, notInState } from '@foyer/platform/domain';

/** Where a reservation stands. */
export type ReservationStatus = 'PENDING' | 'CONFIRMED' | 'SEATED' | 'COMPLETED' | 'CANCELLED' | 'NO_SHOW';

/** Why a reservation was cancelled. */
export type ReservationReason = 'BY_GUEST' | 'BY_RESTAURANT' | 'NOT_PAID_IN_TIME' | 'TABLE_GONE' | 'NOT_MADE';

/** What happens to a reservation. */
export type ReservationAction = 'CONFIRM' | 'CHANGE' | 'CANCEL' | 'SEAT' | 'COMPLETE' | 'MISS';

type Status = ReservationStatus;

/** What each action makes of each status; what is not listed is refused. */
const ACTIONS: Readonly<Record<ReservationAction, Readonly<Partial<Record<Status, Status>>>>> = {
  // Of a cancelled one: the deposit came late, and bought a table that was still there (`takesLateMoney`).
  CONFIRM: { PENDING: 'CONFIRMED', CANCELLED: 'CONFIRMED' },
  CHANGE: { CONFIRMED: 'CONFIRMED' },
  CANCEL: { PENDING: 'CANCELLED', CONFIRMED: 'CANCELLED' },
  SEAT: { CONFIRMED: 'SEATED' },
  COMPLETE: { SEATED: 'COMPLETED' },
  MISS: { CONFIRMED: 'NO_SHOW' },
};

/** When an action opens and closes, against the reservation's own times. */
interface ActionWindow {
  /** EARLY: as long before the beginning as guests are let in (`seatEarlyMs`). Absent: any time. */
  readonly from?: 'EARLY' | 'BEGINNING';
  /** Absent: any time. */
  readonly until?: 'END';
}

/** When the restaurant's staff may do what. What guests do by themselves ends with the beginning, or as the policy says. */
const STAFF_WINDOWS: Readonly<Record<Exclude<ReservationAction, 'CONFIRM'>, ActionWindow>> = {
  CHANGE: { until: 'END' },
  CANCEL: { until: 'END' },
  SEAT: { from: 'EARLY', until: 'END' },
  // A late evening may go on; who was seated early may leave early.
  COMPLETE: { from: 'EARLY' },
  MISS: { from: 'BEGINNING' },
};

const MESSAGES: Readonly<Record<ReservationAction, string>> = {
  CONFIRM: 'This reservation can’t be confirmed.',
  CHANGE: 'Only a confirmed reservation can be changed. Pay its deposit first, or make a new one.',
  CANCEL: 'Only a reservation that waits or is confirmed can be cancelled.',
  SEAT: 'Only a confirmed reservation can be seated.',
  COMPLETE: 'Only a party that has been seated can have dined.',
  MISS: 'Only a confirmed reservation can be missed; this party has been seated, or is not expected.',
};

/** What may follow what. */
export const reservationStatus = defineStateMachine<Status>({
  name: 'reservation',
  initial: 'PENDING',
  transitions: Object.fromEntries(
    (['PENDING', 'CONFIRMED', 'SEATED', 'COMPLETED', 'CANCELLED', 'NO_SHOW'] as const).map((from) => [
      from,
      Object.values(ACTIONS).flatMap((action) => {
        const to = action[from];
        return to === undefined || to === from ? [] : [to];
      }),
    ]),
  ) as Record<Status, Status[]>,
});

/** Whether an action is possible now. */
export function mayReservation(status: Status, action: ReservationAction): boolean {
  return ACTIONS[action][status] !== undefined;
}

/** What an action makes of a status. @throws InvariantViolation when it is not possible. */
export function afterAction(status: Status, action: ReservationAction): Status {
  const next = ACTIONS[action][status];
  invariant(next, `a reservation that is ${status} can't ${action}`);
  return next;
}

/** Makes sure that somebody may do something to a reservation as it stands. @throws Refused `NotInState`. */
export function requireAction(status: Status, action: ReservationAction): void {
  if (!mayReservation(status, action)) throw notInState(MESSAGES[action], status);
}

/** A reservation as far as its times decide what may be done to it. */
export interface ReservationTimes {
  readonly status: ReservationStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * Makes sure that the restaurant's staff may do something to a reservation, as it stands and at this time.
 * @param seatEarlyMs how long before its beginning a party may be seated, in milliseconds.
 * @throws Refused `NotInState`, by the state or by the time.
 */
export function requireStaffAction(
  { status, startsAt, endsAt }: ReservationTimes,
  action: keyof typeof STAFF_WINDOWS,
  now: Date,
  seatEarlyMs: number,
): void {
  requireAction(status, action);
  const { from, until } = STAFF_WINDOWS[action];
  const opensAt = startsAt.getTime() - (from === 'EARLY' ? seatEarlyMs : 0);
  if (from !== undefined && now.getTime() < opensAt) {
    throw notInState('It is too early for this: the reservation has not begun.', status);
  }
  if (until !== undefined && now >= endsAt) {
    throw notInState('It is too late for this: the reservation is over.', status);
  }
}
