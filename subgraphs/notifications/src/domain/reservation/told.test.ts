import type { Reservation } from './reservation.js';
import { newsOf, toldOf, type News } from './told.js';

const now = new Date('2026-12-01T12:00:00.000Z');
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
  status: 'CONFIRMED',
};
const cancelled = { ...reservation, status: 'CANCELLED', reason: 'BY_GUEST' } as const;

/** The news of states that arrive one after the other. */
function newsIn(states: readonly Reservation[], at = now): (News | null)[] {
  let told: ReturnType<typeof toldOf> | null = null;
  return states.map((state) => {
    const news = newsOf(told, state, at);
    if (news !== null) told = toldOf(state);
    return news;
  });
}

describe('what is new of a reservation', () => {
  const pending: Reservation = { ...reservation, status: 'PENDING' };
  const smaller: Reservation = { ...reservation, partySize: 2 };
  const sameInstant: Reservation = { ...reservation, startsAt: '2026-12-05T19:00:00.000+01:00' };

  it.each<[string, readonly Reservation[], readonly (News | null)[]]>([
    ['in order', [pending, reservation, smaller, cancelled], [null, 'CONFIRMED', 'CHANGED', 'CANCELLED']],
    ['a change before its confirmation', [smaller], ['CONFIRMED']],
    ['a change that was taken back unseen', [reservation, reservation], ['CONFIRMED', null]],
    ['the same instant written otherwise', [reservation, sameInstant], ['CONFIRMED', null]],
    ['a cancellation before its confirmation', [cancelled], ['CANCELLED']],
    ['a cancellation twice', [reservation, cancelled, cancelled], ['CONFIRMED', 'CANCELLED', null]],
    ['one that could not be made', [pending, { ...cancelled, reason: 'NOT_MADE' }], [null, null]],
    [
      'dined, once',
      [reservation, { ...reservation, status: 'SEATED' }, { ...reservation, status: 'COMPLETED' }],
      ['CONFIRMED', null, 'DINED'],
    ],
    [
      'dined, changed at the table',
      [
        { ...smaller, status: 'COMPLETED' },
        { ...reservation, status: 'COMPLETED' },
      ],
      ['DINED', null],
    ],
    ['missed', [reservation, { ...reservation, status: 'NO_SHOW' }], ['CONFIRMED', 'MISSED']],
    ['missed, and never told of', [{ ...reservation, status: 'NO_SHOW' }], [null]],
  ])('%s', (_, states, news) => {
    expect(newsIn(states)).toEqual(news);
  });

  it('is nothing for a party that walked in, and for mail that was held up until after the beginning', () => {
    expect(newsIn([reservation], new Date(reservation.startsAt))).toEqual([null]);
  });
});
