import { Type, type Static } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, Instant, MoneyAmount, oneOf, orNull, Sealed } from './parts.js';

/** An order as others need to know it. */
export const OrderSnapshot = Type.Object({
  orderId: Id,
  /** What people read out. */
  code: Type.String(),
  /** The event, or the restaurant of a reservation. */
  listingId: Id,
  listingName: Type.String(),
  organizationId: Id,
  buyer: Type.Object({ userId: Id, email: Type.String(), name: Type.String() }),
  lines: Type.Array(
    Type.Object({
      offerId: Id,
      name: Type.String(),
      quantity: Type.Integer({ minimum: 1 }),
      unitPrice: MoneyAmount,
    }),
  ),
  /**
   * What leads from the lines to the total: subtotal + fees + tax = total; `includedTax` is contained in it. Absent in
   * events of the first version of this contract, which had lines and total only.
   */
  charges: Type.Optional(
    Type.Object({
      subtotal: MoneyAmount,
      fees: MoneyAmount,
      /** Added to prices. */
      tax: MoneyAmount,
      /** Contained in prices. */
      includedTax: MoneyAmount,
    }),
  ),
  total: MoneyAmount,
  /**
   * The order's id where it is for a table, and absent otherwise: what its guest is to hear, reservation events tell. Of
   * a booking that staff made for somebody, `buyer.userId` is this id too, and `buyer` names nobody.
   */
  reservationId: Type.Optional(Id),
});

/** An order as others need to know it. */
export type OrderSnapshot = Static<typeof OrderSnapshot>;

const order = { topic: 'order-events', aggregateType: 'order', version: 1 } as const;

/** An order was placed and its units are held. */
export const OrderCreated = defineEvent({
  ...order,
  type: 'order.created',
  data: Type.Object({ order: OrderSnapshot, payBy: orNull(Instant) }),
});

/** An order is paid (or free), its units are sold, its tickets exist. */
export const OrderCompleted = defineEvent({
  ...order,
  type: 'order.completed',
  data: Type.Object({
    order: OrderSnapshot,
    startsAt: Instant,
    timeZone: Type.String(),
    venueName: Type.String(),
    tickets: Type.Array(
      Type.Object({
        ticketId: Id,
        name: Type.String(),
        /** The signed code; purpose `ticket-code`. */
        sealedCode: Sealed,
        /** The code for people; purpose `ticket-short-code`. Absent in events from before there were any. */
        sealedShortCode: Type.Optional(Sealed),
      }),
    ),
  }),
});

/** A payment was declined; the order may be paid another way until `payBy`. */
export const OrderPaymentFailed = defineEvent({
  ...order,
  type: 'order.payment-failed',
  data: Type.Object({ order: OrderSnapshot, payBy: Instant, reason: Type.String() }),
});

/** An order could not be made: it was refused or failed, and what was done is undone. */
export const OrderFailed = defineEvent({
  ...order,
  type: 'order.failed',
  data: Type.Object({ order: OrderSnapshot, reason: Type.String() }),
});

/** An order was cancelled. */
export const OrderCancelled = defineEvent({
  ...order,
  type: 'order.cancelled',
  data: Type.Object({
    order: OrderSnapshot,
    reason: oneOf(
      'BY_BUYER',
      'BY_ORGANIZATION',
      'NOT_PAID_IN_TIME',
      'EVENT_CANCELLED',
      'SOLD_OUT_AFTER_PAYMENT',
    ),
  }),
});

/** Money went back. */
export const OrderRefunded = defineEvent({
  ...order,
  type: 'order.refunded',
  data: Type.Object({
    order: OrderSnapshot,
    refundId: Id,
    refunded: MoneyAmount,
    /** Whether nothing of the order is left. */
    full: Type.Boolean(),
    reason: Type.String(),
  }),
});

const admission = { topic: 'order-events', aggregateType: 'admission', version: 1 } as const;
const Admission = { admissionId: Id, eventId: Id, userId: Id };

/** An admission is spent: by an order, or (`orderId` null) closed because its owner left or let it pass. */
export const AdmissionSpent = defineEvent({
  ...admission,
  type: 'admission.spent',
  data: Type.Object({ ...Admission, orderId: orNull(Id) }),
});

/** The order that spent an admission was refused: it may be used again while it lasts. */
export const AdmissionReturned = defineEvent({
  ...admission,
  type: 'admission.returned',
  data: Type.Object({ ...Admission, orderId: Id }),
});

const checkout = { ...admission, data: Type.Object({ ...Admission, orderId: Id }) } as const;

/** A checkout that began with an admission ended with a purchase. Aggregate: the admission, so that order is kept. */
export const CheckoutCompleted = defineEvent({ ...checkout, type: 'checkout.completed' });

/** A checkout that began with an admission ended without one: cancelled or failed. */
export const CheckoutFailed = defineEvent({ ...checkout, type: 'checkout.failed' });

/** A checkout that began with an admission was not paid in time. */
export const CheckoutExpired = defineEvent({ ...checkout, type: 'checkout.expired' });

const ticket = { topic: 'order-events', aggregateType: 'ticket', version: 1 } as const;

/** A ticket was used at the door. */
export const TicketRedeemed = defineEvent({
  ...ticket,
  type: 'ticket.redeemed',
  data: Type.Object({ ticketId: Id, orderId: Id, eventId: Id, redeemedBy: Id, at: Instant }),
});

/** A ticket belongs to somebody else now; its old code is dead. */
export const TicketTransferred = defineEvent({
  ...ticket,
  type: 'ticket.transferred',
  data: Type.Object({
    ticketId: Id,
    orderId: Id,
    eventId: Id,
    eventName: Type.String(),
    name: Type.String(),
    fromName: Type.String(),
    toEmail: Type.String(),
    /** The new signed code; purpose `ticket-code`. */
    sealedCode: Sealed,
    /** The new code for people; purpose `ticket-short-code`. Absent in events from before there were any. */
    sealedShortCode: Type.Optional(Sealed),
  }),
});
