import { isCurrency, type InputCheck, type Money } from '@foyer/platform/domain';

/** What can be said of a ticket class. */
export interface TicketClassTerms {
  readonly name: string;
  readonly price: Money;
  readonly total: number;
  readonly limitPerPerson: number;
  readonly saleStartsAt: Date | null;
  readonly saleEndsAt: Date | null;
}

const MAXIMUM_TOTAL = 1_000_000;
const MAXIMUM_LIMIT = 100;
/** In minor units: so that no order's sum leaves the safe integers. */
const MAXIMUM_PRICE = 1_000_000_000_000;

/** Notes what can't be used of a ticket class. @param free whether the event is configured so. */
export function checkTicketClass(check: InputCheck, terms: TicketClassTerms, free: boolean): void {
  const { name, price, total, limitPerPerson, saleStartsAt, saleEndsAt } = terms;
  check.line(name, 'input.name', 100);
  check.integer(price.amount, 'input.price.amount', 0, MAXIMUM_PRICE);
  check.require(
    isCurrency(price.currency),
    'input.price.currency',
    'UNKNOWN_CURRENCY',
    'Use the ISO 4217 code of a currency in use.',
  );
  check.require(!free || price.amount === 0, 'input.price.amount', 'FREE_EVENT', 'The event is free: use 0.');
  check.integer(total, 'input.total', 0, MAXIMUM_TOTAL);
  check.integer(limitPerPerson, 'input.limitPerPerson', 1, MAXIMUM_LIMIT);
  check.require(
    saleStartsAt === null || saleEndsAt === null || saleStartsAt < saleEndsAt,
    'input.saleEndsAt',
    'BEFORE_START',
    'The sale must end after it begins.',
  );
}

/** Notes what can't be used of an access code. */
export function checkAccessCode(check: InputCheck, code: string): void {
  const length = [...code.trim()].length;
  check.require(length >= 4 && length <= 64, 'input.accessCode', 'LENGTH', 'Use 4 to 64 characters.');
}
