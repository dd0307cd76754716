import { currencyExponent, InputCheck, isId, type Money } from '@foyer/platform/domain';

/** What is to be paid, and by when. */
export interface PaymentInput {
  readonly paymentId: string;
  readonly orderId: string;
  readonly personId: string;
  readonly organizationId: string;
  readonly amount: Money;
  /** Name of the provider. */
  readonly provider: string;
  readonly holdExpiresAt: Date;
  /** What it is for, for people. */
  readonly description: string;
}

/** @throws Refused `InvalidInput` listing every field that can't be used. */
export function checkPaymentInput(input: PaymentInput): void {
  const check = new InputCheck();
  for (const name of ['paymentId', 'orderId', 'personId', 'organizationId'] as const) {
    check.require(isId(input[name]), `input.${name}`, 'NOT_AN_ID', 'Give a UUID.');
  }
  checkMoney(check, input.amount);
  check.text(input.description, 'input.description', 500).done();
}

/** Notes what is wrong with an amount that must be more than nothing. */
export function checkMoney(check: InputCheck, { amount, currency }: Money): void {
  check
    .integer(amount, 'input.amount.amount', 1, Number.MAX_SAFE_INTEGER)
    .require(
      currencyExponent(currency) !== null,
      'input.amount.currency',
      'UNKNOWN_CURRENCY',
      'Give an ISO 4217 code.',
    );
}
