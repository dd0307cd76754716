import { Refused } from '@foyer/platform/domain';
import { freeUntil, freeUntilAfterMove, keptOfDeposit } from './cancellationPolicy.js';
import {
  afterAction,
  mayReservation,
  requireAction,
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
