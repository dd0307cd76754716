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
