import { notInState, Refused, type Money, type RefusalData } from '@foyer/platform/domain';
import { money } from './money.js';

/** Refusal: the total is not the one the buyer saw. */
export function priceChanged(total: Money, expected: Money): Refused {
  return new Refused({
    __typename: 'PriceChanged',
    code: 'PRICE_CHANGED',
    message: 'The total is not the one you saw. Look at the new one and order again if you agree.',
    total: money(total.amount, total.currency),
    expectedTotal: money(expected.amount, expected.currency),
  });
}

/** Why an admission was not accepted. */
export type AdmissionFault =
  | 'ADMISSION_NEEDED'
  | 'ADMISSION_INVALID'
  | 'ADMISSION_EXPIRED'
  | 'ADMISSION_OF_ANOTHER_PERSON'
  | 'ADMISSION_FOR_ANOTHER_EVENT'
  | 'ADMISSION_USED'
  | 'ADMISSION_GIVEN_UP';

const ADMISSION_MESSAGES: Readonly<Record<AdmissionFault, string>> = {
  ADMISSION_NEEDED:
    'This event has a waiting room. Join it, and order with the admission token you get there.',
  ADMISSION_INVALID: 'This is no admission token. Send the one that your place in the waiting room shows.',
  ADMISSION_EXPIRED: 'Your turn has passed. Join the waiting room again.',
  ADMISSION_OF_ANOTHER_PERSON: 'This admission is somebody else’s. Join the waiting room yourself.',
  ADMISSION_FOR_ANOTHER_EVENT: 'This admission is for another event. Join the waiting room of this one.',
  ADMISSION_USED:
    'This admission has been used for an order. Look at your orders, or join the waiting room again.',
  ADMISSION_GIVEN_UP: 'You left the waiting room, so this admission is closed. Join again.',
};

/** Refusal: the order may not be placed with this admission. */
export function admissionRefused(fault: AdmissionFault, eventId: string): Refused {
  return new Refused({
    __typename: 'AdmissionRefused',
    code: fault,
    message: ADMISSION_MESSAGES[fault],
    event: { __typename: 'Event', id: eventId },
  });
}

/** Refusal: the event is not sold now. */
export function notOnSale(
  code: 'NOT_PUBLISHED' | 'NOT_ON_SALE' | 'SALE_ENDED' | 'EVENT_CANCELLED',
  at: Date | null,
): Refused {
  const messages = {
    NOT_PUBLISHED: 'This event is not published, so nothing of it can be bought.',
    NOT_ON_SALE: 'The sale has not begun. Come back when it starts.',
    SALE_ENDED: 'The sale is over.',
    EVENT_CANCELLED: 'The event is cancelled.',
  };
  return new Refused({
    __typename: 'ListingNotOnSale',
    code,
    message: messages[code],
    saleStartsAt: code === 'NOT_ON_SALE' ? at : null,
  });
}

/** Refusal: the key was used for something else. */
export function keyReused(): Refused {
  return new Refused({
    __typename: 'IdempotencyKeyReused',
    code: 'IDEMPOTENCY_KEY_REUSED',
    message:
      'This idempotency key was used with other input in the last 24 hours. Use a new key for a new request.',
  });
}

/** Refusal: another part of the system did not answer in time, and everything is undone. */
export function unavailable(): Refused {
  return new Refused({
    __typename: 'OrderNotMade',
    code: 'UNAVAILABLE',
    message: 'The order could not be made just now, and nothing was charged. Try again.',
  });
}

/** Refusal: inventory's, of a table: with the times that would work. */
export function tableRefused(refusal: RefusalData): RefusalData {
  const { code, message, state, freeTimes } = refusal;
  return {
    __typename: 'TableRefused',
    code,
    message,
    availability: state ?? null,
    freeTimes: freeTimes ?? [],
  };
}

/** Refusal: a change of the reservation is under way. */
export function changeUnderWay(status: string): Refused {
  return notInState('A change of this reservation is under way. Try again in a moment.', status);
}

/** Refusal: the listing's policy lets nobody cancel (any more). */
export function notCancellable(message: string, until: Date | null): Refused {
  return new Refused({
    __typename: 'NotCancellable',
    code: 'NOT_CANCELLABLE',
    message,
    cancellableUntil: until,
  });
}

const CODE_MESSAGES = {
  NOT_A_TICKET: 'This is no ticket of ours, or one that is long over.',
  TRANSFERRED: 'This ticket was given to somebody else; only their code lets in.',
  REFUNDED: 'This ticket was refunded.',
  VOID: 'The order of this ticket was cancelled.',
};

/** Refusal: the code lets nobody in. */
export function ticketCodeRefused(code: keyof typeof CODE_MESSAGES): Refused {
  return new Refused({ __typename: 'TicketCodeRefused', code, message: CODE_MESSAGES[code] });
}

/** Refusal: the ticket was used before. */
export function alreadyCheckedIn(redeemedAt: Date): Refused {
  const message = `This ticket was used at ${redeemedAt.toISOString()}.`;
  return new Refused({ __typename: 'AlreadyCheckedIn', code: 'ALREADY_CHECKED_IN', message, redeemedAt });
}
