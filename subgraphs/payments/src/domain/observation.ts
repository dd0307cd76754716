/** What a provider says of a payment, in answer to a question or by itself. */
export type PaymentObservation =
  /** Can still be paid. */
  | { readonly state: 'OPEN' }
  /** The provider has the money: this much, in minor units. */
  | { readonly state: 'PAID'; readonly amount: bigint; readonly currency: string }
  /** Declined for good. */
  | { readonly state: 'DECLINED'; readonly reason: string }
  /** Unpaid, and can't be paid any more. */
  | { readonly state: 'CLOSED' }
  /** The provider has never heard of it. */
  | { readonly state: 'UNKNOWN' };

/** What a provider says of a refund. */
export type RefundObservation =
  /** Under way. */
  | { readonly state: 'PENDING'; readonly reference: string }
  /** This much went back, in minor units. */
  | {
      readonly state: 'SUCCEEDED';
      readonly reference: string;
      readonly amount: bigint;
      readonly currency: string;
    }
  /** Refused for good. */
  | { readonly state: 'FAILED'; readonly reason: string }
  /** The provider has never heard of it. */
  | { readonly state: 'UNKNOWN' };

/** What can't be true of what a provider was asked for. */
export type IncidentKind =
  | 'WRONG_AMOUNT'
  | 'WRONG_CURRENCY'
  | 'UNKNOWN_PAYMENT'
  | 'UNKNOWN_REFUND'
  | 'WRONG_REFUND'
  | 'REFUND_AFTER_FAILURE';
