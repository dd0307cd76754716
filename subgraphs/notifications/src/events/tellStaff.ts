import { areaName, describeTold, tableValues } from '../domain/reservation/reservationValues.js';
import { wordsIn } from '../domain/reservation/words.js';
import { findStaff } from '../store/findStaff.js';
import type { NotifierTransaction } from '../store/notifier.js';
import type { HandlerServices } from './parts.js';
import type { Telling } from './tellGuest.js';

/** Tells the people who run a restaurant of a reservation that is new, has changed or is cancelled. */
export async function tellStaff(
  { notifier }: HandlerServices,
  transaction: NotifierTransaction,
  { eventId, news, told, reservation, restaurant, guest }: Telling,
): Promise<void> {
  // Of one that never stood they know nothing; who dined or did not come they have said themselves.
  if (news === 'DINED' || news === 'MISSED' || (news === 'CANCELLED' && told === null)) return;
  const { restaurantId, organizationId } = restaurant;
  for (const member of await findStaff(transaction.sql, organizationId, restaurantId)) {
    // Their own table: they have been told as its guest.
    if (member.userId === guest.userId || member.email === guest.email) continue;
    const message = { eventId, to: member, orderId: reservation.reservationId };
    const values = (language: string) => ({
      ...tableValues(reservation, restaurant, language),
      guestName: guest.name ?? wordsIn(language).nobody,
      areaName: areaName(reservation.areaId, restaurant),
      code: reservation.code,
    });
    const before = (language: string) => (told ? describeTold(told, restaurant, language) : '');
    const why = (language: string) => wordsIn(language).whyForStaff[reservation.reason ?? 'BY_RESTAURANT'];
    if (news === 'CONFIRMED') {
      await notifier.notify(transaction, { ...message, name: 'staff-reservation-new', values });
    } else if (news === 'CHANGED') {
      await notifier.notify(transaction, {
        ...message,
        name: 'staff-reservation-changed',
        values: (language) => ({ ...values(language), before: before(language) }),
      });
    } else {
      await notifier.notify(transaction, {
        ...message,
        name: 'staff-reservation-cancelled',
        values: (language) => ({ ...values(language), why: why(language) }),
      });
    }
  }
}
