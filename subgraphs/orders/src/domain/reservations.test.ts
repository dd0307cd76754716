import { Refused } from '@foyer/platform/domain';
import { freeUntil, freeUntilAfterMove, keptOfDeposit } from './cancellationPolicy.js';
import {
  afterAction,
  mayReservation,
  requireAction,
  requireStaffAction,
  reservationStatus,
  type ReservationAction,
} from './reservationStatus.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 4, 1, hour));

describe('a reservation', () => {
  test.each<[ReservationAction, readonly string[]]>([
    ['CONFIRM', ['PENDING', 'CANCELLED']],
    ['CHANGE', ['CONFIRMED']],
    ['CANCEL', ['PENDING', 'CONFIRMED']],
    ['SEAT', ['CONFIRMED']],
    ['COMPLETE', ['SEATED']],
    ['MISS', ['CONFIRMED']],
  ])('may %s from %s only', (action, from) => {
    for (const status of ['PENDING', 'CONFIRMED', 'SEATED', 'COMPLETED', 'CANCELLED', 'NO_SHOW'] as const) {
      expect(mayReservation(status, action)).toBe(from.includes(status));
      if (from.includes(status)) expect(() => requireAction(status, action)).not.toThrow();
      else {
        expect(() => requireAction(status, action)).toThrow(Refused);
        expect(() => afterAction(status, action)).toThrow(status);
      }
    }
  });

  test.each([
    ['SEAT', 'CONFIRMED', 19, 22],
    ['COMPLETE', 'SEATED', 19, null],
    ['MISS', 'CONFIRMED', 20, null],
    ['CHANGE', 'CONFIRMED', null, 22],
    ['CANCEL', 'CONFIRMED', null, 22],
  ] as const)('from 20 to 22 may be told by staff to %s in its time only', (action, status, from, until) => {
    const told = (now: Date): (() => void) => {
      return () => requireStaffAction({ status, startsAt: at(20), endsAt: at(22) }, action, now, 3_600_000);
    };
    const tenDays = 240;
    if (from === null) expect(told(at(20 - tenDays))).not.toThrow();
    else {
      expect(told(at(20 - tenDays))).toThrow('too early');
      expect(told(new Date(at(from).getTime() - 1))).toThrow(Refused);
      expect(told(at(from))).not.toThrow();
    }
    if (until === null) expect(told(at(20 + tenDays))).not.toThrow();
    else {
      expect(told(new Date(at(until).getTime() - 1))).not.toThrow();
      expect(told(at(until))).toThrow('too late');
    }
    expect(() =>
      requireStaffAction({ status: 'CANCELLED', startsAt: at(20), endsAt: at(22) }, action, at(20), 0),
    ).toThrow(Refused);
  });

  test('is over once the party has dined or has not come', () => {
    expect(reservationStatus.isFinal('COMPLETED')).toBe(true);
    expect(reservationStatus.isFinal('NO_SHOW')).toBe(true);
    expect(reservationStatus.isFinal('SEATED')).toBe(false);
  });
});

describe('the cancellation policy', () => {
  const policy = { freeUntil: freeUntil(at(20), 8), thenPercent: 50 };

  test('keeps nothing until the hour, and its share from then on, rounded half up', () => {
    expect(policy.freeUntil).toEqual(at(12));
    expect(keptOfDeposit(1005, policy, new Date(at(12).getTime() - 1))).toBe(0);
    expect(keptOfDeposit(1005, policy, at(12))).toBe(503);
    expect(keptOfDeposit(1005, { ...policy, thenPercent: 0 }, at(13))).toBe(0);
    expect(keptOfDeposit(1005, { ...policy, thenPercent: 100 }, at(13))).toBe(1005);
  });

  test('moves with the table, unless it is too late already', () => {
    expect(freeUntilAfterMove(at(12), at(22), 8, at(11))).toEqual(at(14));
    expect(freeUntilAfterMove(at(12), at(22), 8, at(12))).toEqual(at(12));
  });
});
