import type { RefusalData } from '@foyer/platform';
import type { AskName, SagaKind } from '../domain/sagas.js';
import type { PricedLine, PricingRule } from '../domain/pricing.js';
import type { Units } from '../inventory/inventoryPort.js';
import type { PaymentRequest } from '../payments/paymentsPort.js';

/** How far a saga is. */
export type SagaState = 'RUNNING' | 'ENDED' | 'UNDONE' | 'PARKED' | 'ABANDONED';

/** A payment to be created, as a saga stores it. */
export type StoredPayment = Omit<PaymentRequest, 'holdExpiresAt'> & {
  /** RFC 3339. */
  readonly holdExpiresAt: string;
};

/** What a reservation is to become. */
export interface ReservationChange {
  /** What inventory knows the change by. */
  readonly id: string;
  readonly line: Units;
  readonly byStaff: boolean;
  readonly specialRequests: string;
  /** null: a guest who has only the code. */
  readonly actorId: string | null;
  /** Whose idempotency key it was asked under. */
  readonly asked: { readonly personId: string; readonly key: string };
}

/** What a saga's steps need to know; each kind has its part. */
export interface SagaData {
  /** What everything one request caused is known by. */
  readonly correlationId?: string;
  /** PLACE: who buys. */
  readonly personId?: string;
  /** PLACE: what is asked of inventory. */
  readonly lines?: readonly Units[];
  /** PLACE: staff seat a guest: the hours are theirs to judge, and no deposit is asked. */
  readonly byStaff?: boolean;
  /** PLACE: the place in a restaurant's line whose offer is taken, in place of a hold. */
  readonly waitlistEntryId?: string | null;
  readonly accessCode?: string | null;
  /** PLACE: the total that the buyer saw. */
  readonly expected?: { readonly amount: number; readonly currency: string };
  /** PLACE: fees and tax by offer, as they stood when the order was placed. */
  readonly rules?: Readonly<Record<string, PricingRule>>;
  /** PLACE: the lines as the order was recorded with them. */
  readonly quoted?: readonly PricedLine[];
  /** PLACE, RETRY: the payment provider asked for. */
  readonly provider?: string;
  /** PLACE, RETRY: the payment to create. */
  readonly paymentId?: string;
  /** PLACE, RETRY: everything that payments is asked, from the step before on. */
  readonly payment?: StoredPayment;
  /** RETRY, CANCEL, EXPIRE, COMPLETE: the payment to close; null when none is open. */
  readonly closing?: string | null;
  /** CHANGE: what a reservation is to become. */
  readonly change?: ReservationChange;
  /** CANCEL: why units are given back. */
  readonly reason?: string;
  /** REFUND. */
  readonly refund?: {
    readonly id: string;
    /** What payments knows it by. */
    readonly requestId: string;
    /** null: nothing was paid. */
    readonly paymentId: string | null;
    readonly amount: number;
    readonly currency: string;
    readonly reason: string;
    /** Units of single tickets to give back before; empty when the whole order's are released. */
    readonly lines: readonly { readonly offerId: string; readonly quantity: number }[];
  };
}

/** A saga as its runner works on it. */
export interface SagaRow {
  readonly id: string;
  readonly orderId: string;
  readonly kind: SagaKind;
  readonly state: SagaState;
  readonly step: AskName;
  readonly undoing: boolean;
  readonly taken: readonly AskName[];
  readonly data: SagaData;
  readonly outcome: RefusalData | null;
  readonly attempts: number;
  readonly lastError: string | null;
  /** A forward step that is not answered by then is undone. */
  readonly deadline: Date | null;
}

/** Columns of a saga as `SagaRow` names them. */
export const SAGA_COLUMNS = `s.id, s.order_id as "orderId", s.kind, s.state, s.step, s.undoing, s.taken, s.data, s.outcome,
  s.attempts, s.last_error as "lastError", s.deadline`;

/** A saga to be begun. */
export interface NewSaga {
  readonly id: string;
  readonly kind: SagaKind;
  readonly step: AskName;
  readonly data: SagaData;
}
