import type { ReservationWords } from '../words.js';

/** English. */
export const ENGLISH: ReservationWords = {
  people: (count) => (count === 1 ? '1 person' : `${count} people`),
  entry: (restaurantName, party) => `${restaurantName}: table for ${party}`,
  codeIs: (code) => `Code: ${code}`,
  why: {
    BY_GUEST: 'You cancelled it.',
    BY_RESTAURANT: 'The restaurant cancelled it.',
    NOT_PAID_IN_TIME: 'The deposit was not paid in time, and the table is free for others again.',
    TABLE_GONE: 'The deposit arrived after the table had gone to others.',
    NOT_MADE: 'It could not be made.',
  },
  whyForStaff: {
    BY_GUEST: 'The guest cancelled it.',
    BY_RESTAURANT: 'The restaurant cancelled it.',
    NOT_PAID_IN_TIME: 'The deposit was not paid in time.',
    TABLE_GONE: 'The deposit arrived after the table had gone to others.',
    NOT_MADE: 'It could not be made.',
  },
  pleaseCancel: 'If you can’t come, please cancel, so that others can have the table.',
  policy: (deposit, freeUntil, thenPercent) =>
    `Your deposit of ${deposit} goes back in full if you cancel before ${freeUntil}; ` +
    (thenPercent === 0 ? 'later too.' : `later ${thenPercent} % of it are kept.`),
  depositBack: (deposit) => `Your deposit of ${deposit} goes back in full.`,
  depositKept: (deposit, percent) =>
    percent === 100
      ? `Your deposit of ${deposit} is kept, as agreed when you booked.`
      : `Of your deposit of ${deposit}, ${percent} % are kept, as agreed when you booked; the rest goes back.`,
  nobody: 'A guest',
};
