import {
  InputCheck,
  isEmailAddress,
  isId,
  type Money,
  normalEmailAddress,
  normalText,
} from '@foyer/platform/domain';

/** What somebody asks to buy. */
export interface PlaceOrderInput {
  readonly idempotencyKey: string;
  readonly lines: readonly OrderedLine[];
  readonly expectedTotal: Money;
  readonly admissionToken?: string | null | undefined;
  readonly paymentProvider: string;
  readonly accessCode?: string | null | undefined;
  readonly buyer?: BuyerInput | null | undefined;
}

/** So many units of an offer. */
export interface OrderedLine {
  readonly offerId: string;
  readonly quantity: number;
}

/** Whom the order is for, where it is not the account's own name and address. */
export interface BuyerInput {
  readonly name: string;
  readonly email: string;
}

/** The most lines of an order. */
export const MAXIMUM_LINES = 20;
/** The most units of a line. */
export const MAXIMUM_QUANTITY = 100;

/** Checks lines alone. */
export function checkLines(check: InputCheck, lines: readonly OrderedLine[], path: string): InputCheck {
  const seen = new Set<string>();
  check.require(lines.length > 0, path, 'REQUIRED', 'Name at least one offer.');
  check.require(lines.length <= MAXIMUM_LINES, path, 'TOO_MANY', `Use at most ${MAXIMUM_LINES} lines.`);
  lines.slice(0, MAXIMUM_LINES).forEach(({ offerId, quantity }, index) => {
    const id = offerId.toLowerCase();
    check.require(isId(offerId), `${path}.${index}.offerId`, 'NOT_AN_ID', 'This is no id of an offer.');
    check.require(!seen.has(id), `${path}.${index}.offerId`, 'DUPLICATE', 'Put each offer on one line only.');
    check.integer(quantity, `${path}.${index}.quantity`, 1, MAXIMUM_QUANTITY);
    seen.add(id);
  });
  return check;
}

/**
 * The input in its normal form: ids in lower case, texts trimmed.
 * @throws Refused with `InvalidInput` that lists every wrong field.
 */
export function checkPlaceOrderInput(input: PlaceOrderInput): PlaceOrderInput {
  const check = new InputCheck().text(input.idempotencyKey, 'input.idempotencyKey', 100);
  checkLines(check, input.lines, 'input.lines');
  check.integer(input.expectedTotal.amount, 'input.expectedTotal.amount', 0, Number.MAX_SAFE_INTEGER);
  check.text(input.paymentProvider, 'input.paymentProvider', 50);
  if (typeof input.accessCode === 'string') check.text(input.accessCode, 'input.accessCode', 100);
  const buyer = input.buyer && {
    name: normalText(input.buyer.name),
    email: normalEmailAddress(input.buyer.email),
  };
  if (buyer) {
    check.line(buyer.name, 'input.buyer.name', 100);
    check.require(
      isEmailAddress(buyer.email),
      'input.buyer.email',
      'NOT_AN_EMAIL',
      'This is no email address.',
    );
  }
  check.done();
  return {
    ...input,
    idempotencyKey: input.idempotencyKey.trim(),
    lines: input.lines.map(({ offerId, quantity }) => ({ offerId: offerId.toLowerCase(), quantity })),
    paymentProvider: input.paymentProvider.trim(),
    accessCode: input.accessCode?.trim() ?? null,
    admissionToken: input.admissionToken ?? null,
    buyer: buyer ?? null,
  };
}
