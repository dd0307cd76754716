import { defineHandler, OrderPaymentFailed, OrderRefunded, type OrderSnapshot } from '@foyer/kafka';
import { formatMoney } from '@foyer/platform';
import { formatAtVenue } from '../domain/formatInstant.js';
import { tableValues } from '../domain/reservation/reservationValues.js';
import type { NotificationHandler, NotifierTransaction } from '../store/notifier.js';
import { findReservation } from '../store/reservationStore.js';
import { guestOf } from './guestOf.js';
import { isForTable, valuesOf } from './orderHandlers.js';
import { knownRestaurant, NotKnownYet, type HandlerServices } from './parts.js';

/** Messages about the money of orders for tables: who booked is known from the reservation. */
export function depositHandlers({
  notifier,
  sealer,
  links,
}: HandlerServices): readonly NotificationHandler[] {
  /** @returns null where there is no way to write to the guest. @throws NotKnownYet before the reservation is known. */
  const bookingOf = async ({ orderId }: OrderSnapshot, transaction: NotifierTransaction) => {
    const known = await findReservation(transaction.sql, orderId);
    if (!known) throw new NotKnownYet(`reservation ${orderId}`);
    const { userId, name, email, language } = await guestOf(known.snapshot, transaction, sealer);
    if (email === null) return null;
    return { orderId, reservation: known.snapshot, name: name ?? email, to: { userId, email, language } };
  };
  return [
    defineHandler(OrderPaymentFailed, {
      name: 'deposit-failed',
      order: 'any',
      handle: async ({ id, data }, transaction: NotifierTransaction) => {
        const booking = isForTable(data.order) ? await bookingOf(data.order, transaction) : null;
        if (!booking) return;
        const { reservation, name, to, orderId } = booking;
        const restaurant = await knownRestaurant(transaction, reservation.restaurantId);
        await notifier.notify(transaction, {
          eventId: id,
          name: 'deposit-failed',
          to,
          orderId,
          values: (language) => ({
            name,
            ...tableValues(reservation, restaurant, language),
            total: formatMoney(data.order.total),
            reason: data.reason,
            payBy: formatAtVenue(new Date(data.payBy), restaurant.timeZone, language),
            reservationLink: links.reservation(reservation.reservationId),
          }),
        });
      },
    }),
    defineHandler(OrderRefunded, {
      name: 'deposit-refunded',
      order: 'any',
      handle: async ({ id, data }, transaction: NotifierTransaction) => {
        const booking = isForTable(data.order) ? await bookingOf(data.order, transaction) : null;
        if (!booking) return;
        await notifier.notify(transaction, {
          eventId: id,
          name: 'refund',
          to: booking.to,
          orderId: booking.orderId,
          values: {
            ...valuesOf(data.order),
            name: booking.name,
            refunded: formatMoney(data.refunded),
            reason: data.reason,
            orderLink: links.reservation(booking.reservation.reservationId),
          },
        });
      },
    }),
  ];
}
