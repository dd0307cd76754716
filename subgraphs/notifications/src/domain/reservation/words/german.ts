import type { ReservationWords } from '../words.js';

/** German. */
export const GERMAN: ReservationWords = {
  people: (count) => (count === 1 ? '1 Person' : `${count} Personen`),
  entry: (restaurantName, party) => `${restaurantName}: Tisch für ${party}`,
  codeIs: (code) => `Code: ${code}`,
  why: {
    BY_GUEST: 'Sie haben sie storniert.',
    BY_RESTAURANT: 'Das Restaurant hat sie storniert.',
    NOT_PAID_IN_TIME: 'Die Anzahlung kam nicht rechtzeitig, und der Tisch ist wieder frei.',
    TABLE_GONE: 'Die Anzahlung kam erst, als der Tisch schon vergeben war.',
    NOT_MADE: 'Sie kam nicht zustande.',
  },
  whyForStaff: {
    BY_GUEST: 'Der Gast hat sie storniert.',
    BY_RESTAURANT: 'Das Restaurant hat sie storniert.',
    NOT_PAID_IN_TIME: 'Die Anzahlung kam nicht rechtzeitig.',
    TABLE_GONE: 'Die Anzahlung kam erst, als der Tisch schon vergeben war.',
    NOT_MADE: 'Sie kam nicht zustande.',
  },
  pleaseCancel: 'Wenn Sie nicht kommen können, stornieren Sie bitte, damit andere den Tisch haben können.',
  policy: (deposit, freeUntil, thenPercent) =>
    `Ihre Anzahlung von ${deposit} bekommen Sie ganz zurück, wenn Sie vor ${freeUntil} stornieren; ` +
    (thenPercent === 0 ? 'danach auch.' : `danach werden ${thenPercent} % davon einbehalten.`),
  depositBack: (deposit) => `Ihre Anzahlung von ${deposit} bekommen Sie ganz zurück.`,
  depositKept: (deposit, percent) =>
    percent === 100
      ? `Ihre Anzahlung von ${deposit} wird einbehalten, wie bei der Buchung vereinbart.`
      : `Von Ihrer Anzahlung von ${deposit} werden ${percent} % einbehalten, wie bei der Buchung vereinbart; den Rest bekommen Sie zurück.`,
  nobody: 'Ein Gast',
};
