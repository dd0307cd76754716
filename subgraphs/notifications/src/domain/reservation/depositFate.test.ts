import { depositFate } from './depositFate.js';
import { moneyOf } from './reservationValues.js';
import type { Reservation } from './reservation.js';

const reservation: Reservation = {
  reservationId: '0198c0de-0000-7000-8000-000000000001',
  code: 'K7M2QXWA',
  restaurantId: '0198c0de-0000-7000-8000-000000000002',
  areaId: '0198c0de-0000-7000-8000-000000000003',
  startsAt: '2026-12-05T18:00:00.000Z',
  endsAt: '2026-12-05T19:30:00.000Z',
  partySize: 4,
  userId: null,
  guest: null,
  status: 'CANCELLED',
  reason: 'BY_GUEST',
  policy: {
    deposit: { amount: 4000, currency: 'USD' },
    freeUntil: '2026-12-04T18:00:00.000Z',
    thenPercent: 50,
  },
};
const early = new Date('2026-12-04T17:59:59.999Z');
const late = new Date('2026-12-04T18:00:00.000Z');

describe('what becomes of a deposit', () => {
  it.each<[string, Partial<Reservation>, boolean, Date, object]>([
    ['cancelled in time', {}, true, early, { kind: 'BACK' }],
    ['cancelled late', {}, true, late, { kind: 'KEPT', percent: 50 }],
    ['cancelled late by the restaurant', { reason: 'BY_RESTAURANT' }, true, late, { kind: 'BACK' }],
    ['cancelled before it was paid', {}, false, late, { kind: 'NONE' }],
    ['not paid', { reason: 'NOT_PAID_IN_TIME' }, false, late, { kind: 'NONE' }],
    ['paid too late', { reason: 'TABLE_GONE' }, false, late, { kind: 'BACK' }],
    ['missed', { status: 'NO_SHOW', reason: null }, true, late, { kind: 'KEPT', percent: 100 }],
  ])('%s', (_, change, held, at, fate) => {
    expect(depositFate({ ...reservation, ...change }, held, at)).toEqual(fate);
  });

  it('is nothing without one', () => {
    const { policy: _, ...free } = reservation;
    expect(depositFate(free, true, late)).toEqual({ kind: 'NONE' });
    expect(moneyOf(free, { kind: 'NONE' }, 'en')).toBe('');
  });

  it('is said with what is kept', () => {
    expect(moneyOf(reservation, { kind: 'KEPT', percent: 50 }, 'en')).toContain('40.00 USD, 50 % are kept');
  });
});
