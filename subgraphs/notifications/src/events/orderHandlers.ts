import {
  findEventCopy,
  OrderCancelled,
  OrderCompleted,
  OrderPaymentFailed,
  OrderRefunded,
  TicketTransferred,
  type OrderSnapshot,
} from '@foyer/kafka';
import { formatMoney } from '@foyer/platform';
import { ticketImage } from '../channels/ticketImage.js';
import { chargesOf, timesQuantity } from '../domain/charges.js';
import { formatAt, formatAtVenue } from '../domain/formatInstant.js';
import type { NotificationHandler, NotifierTransaction } from '../store/notifier.js';
import { languageOf, messageOn, type HandlerServices } from './parts.js';

const CANCELLATIONS = {
  BY_BUYER: 'You cancelled it.',
  BY_ORGANIZATION: 'The organizer cancelled it.',
  NOT_PAID_IN_TIME: 'It was not paid in time, and the tickets went back on sale.',
  EVENT_CANCELLED: 'The event was cancelled.',
  SOLD_OUT_AFTER_PAYMENT:
    'Your payment arrived after the tickets had gone to others; your money goes back in full.',
} as const;

interface SealedCodes {
  readonly sealedCode: string;
  readonly sealedShortCode?: string;
}

/**
 * Messages about orders and tickets. Of an order for a table `reservationHandlers` and `depositHandlers` tell.
 */
export function orderHandlers(services: HandlerServices): readonly NotificationHandler[] {
  const { sealer, links } = services;
  /** A ticket's codes. Events from before there were short ones have none: the long one could be typed as well. */
  const codesOf = ({ sealedCode, sealedShortCode }: SealedCodes) => {
    const code = sealer.open('ticket-code', sealedCode);
    const shortCode =
      sealedShortCode === undefined ? code : sealer.open('ticket-short-code', sealedShortCode);
    return { code, shortCode };
  };
  return [
    messageOn(OrderCompleted, services, async ({ data }, transaction) => {
      if (isForTable(data.order)) return null;
      const tickets = data.tickets.map((ticket, index) => ({
        image: `ticket-${index + 1}`,
        name: ticket.name,
        link: links.ticket(ticket.ticketId),
        ...codesOf(ticket),
      }));
      return {
        name: 'order-confirmed',
        ...(await addressed(data.order, transaction)),
        values: (language) => ({
          ...valuesOf(data.order),
          venueName: data.venueName,
          startsAt: formatAtVenue(new Date(data.startsAt), data.timeZone, language),
          lines: data.order.lines.map((line) => ({
            quantity: String(line.quantity),
            lineName: line.name,
            unitPrice: formatMoney(line.unitPrice),
            lineTotal: formatMoney(timesQuantity(line)),
          })),
          ...chargesOf(data.order),
          orderLink: links.order(data.order.orderId),
          cancelLink: links.cancelOrder(data.order.orderId),
          tickets: tickets.map(({ image, name, link, code, shortCode }) => ({
            ticketName: name,
            ticketCode: code,
            ticketShortCode: shortCode,
            ticketImage: `cid:${image}`,
            ticketLink: link,
          })),
        }),
        attachments: tickets.map(({ image, code }) => ticketImage(image, code)),
      };
    }),
    messageOn(OrderPaymentFailed, services, async ({ data }, transaction) => {
      if (isForTable(data.order)) return null;
      const event = await findEventCopy(transaction.sql, data.order.listingId);
      return {
        name: 'payment-failed',
        ...(await addressed(data.order, transaction)),
        values: (language) => ({
          ...valuesOf(data.order),
          reason: data.reason,
          payBy: formatAt(new Date(data.payBy), event?.venue.timeZone ?? null, language),
          orderLink: links.order(data.order.orderId),
        }),
      };
    }),
    messageOn(OrderCancelled, services, async ({ data }, transaction) => {
      if (isForTable(data.order)) return null;
      return {
        name: 'order-cancelled',
        ...(await addressed(data.order, transaction)),
        values: {
          ...valuesOf(data.order),
          why: CANCELLATIONS[data.reason],
          orderLink: links.order(data.order.orderId),
        },
      };
    }),
    messageOn(OrderRefunded, services, async ({ data }, transaction) => {
      if (isForTable(data.order)) return null;
      return {
        name: 'refund',
        ...(await addressed(data.order, transaction)),
        values: {
          ...valuesOf(data.order),
          refunded: formatMoney(data.refunded),
          reason: data.reason,
          orderLink: links.order(data.order.orderId),
        },
      };
    }),
    messageOn(TicketTransferred, services, async ({ data }) => {
      const { code, shortCode } = codesOf(data);
      return {
        name: 'ticket-received',
        to: { userId: null, email: data.toEmail, language: 'en' },
        orderId: data.orderId,
        values: {
          fromName: data.fromName,
          eventName: data.eventName,
          ticketName: data.name,
          ticketCode: code,
          ticketShortCode: shortCode,
          ticketImage: 'cid:ticket-1',
          ticketLink: links.ticket(data.ticketId),
        },
        attachments: [ticketImage('ticket-1', code)],
      };
    }),
  ];
}

/** Whether an order is for a table and not for tickets. */
export function isForTable({ reservationId }: OrderSnapshot): boolean {
  return reservationId !== undefined;
}

async function addressed({ buyer, orderId }: OrderSnapshot, transaction: NotifierTransaction) {
  const language = await languageOf(transaction, buyer.userId);
  return { to: { userId: buyer.userId, email: buyer.email, language }, orderId };
}

/** What every message about an order says. */
export function valuesOf({ buyer, listingName, code, total }: OrderSnapshot) {
  return { name: buyer.name, eventName: listingName, orderCode: code, total: formatMoney(total) };
}
