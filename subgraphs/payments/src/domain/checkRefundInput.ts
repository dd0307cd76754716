import { InputCheck, isId, type Money } from '@foyer/platform/domain';
import { checkMoney } from './checkPaymentInput.js';

/** How much of which payment is to be given back, and why. */
export interface RefundInput {
  readonly refundId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly reason: string;
}

/** @throws Refused `InvalidInput` listing every field that can't be used. */
export function checkRefundInput(input: RefundInput): void {
  const check = new InputCheck();
  for (const name of ['refundId', 'paymentId'] as const) {
    check.require(isId(input[name]), `input.${name}`, 'NOT_AN_ID', 'Give a UUID.');
  }
  checkMoney(check, input.amount);
  check.text(input.reason, 'input.reason', 500).done();
}
