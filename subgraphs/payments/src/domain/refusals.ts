import { Refused, type Money } from '@foyer/platform/domain';

/** Why there is no such payment. */
export type PaymentRefusalCode =
  | 'UNKNOWN_PROVIDER'
  | 'CURRENCY_NOT_SUPPORTED'
  | 'TOO_LATE'
  | 'CANCELLED'
  | 'DIFFERENT_PAYMENT'
  | 'PROVIDER_REFUSED';

/** The refusal of a payment. */
export function paymentRefused(code: PaymentRefusalCode, message: string): Refused {
  return new Refused({ __typename: 'PaymentRefused', code, message });
}

/** Why nothing will be given back. */
export type RefundRefusalCode =
  'UNKNOWN_PAYMENT' | 'NOT_CAPTURED' | 'WRONG_CURRENCY' | 'MORE_THAN_CAPTURED' | 'DIFFERENT_REFUND';

/** The refusal of a refund. `refundable`: what could be given back, where that is the reason. */
export function refundRefused(
  code: RefundRefusalCode,
  message: string,
  refundable: Money | null = null,
): Refused {
  return new Refused({ __typename: 'RefundRefused', code, message, refundable });
}
