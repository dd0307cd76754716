import { defineStateMachine } from '@foyer/platform/domain';

/** Where an order stands. */
export type OrderStatus =
  'PENDING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';

/** Why an order failed or was cancelled. */
export type OrderReason =
  | 'BY_BUYER'
  | 'BY_ORGANIZATION'
  | 'NOT_PAID_IN_TIME'
  | 'EVENT_CANCELLED'
  | 'SOLD_OUT_AFTER_PAYMENT'
  | 'NOT_AVAILABLE'
  | 'PRICE_CHANGED'
  | 'PAYMENT_REFUSED'
  | 'UNAVAILABLE'
  | 'GIVEN_UP';

/** What may follow what. */
export const orderStatus = defineStateMachine<OrderStatus>({
  name: 'order',
  initial: 'PENDING',
  transitions: {
    PENDING: ['COMPLETED', 'FAILED', 'CANCELLED'],
    COMPLETED: ['CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
    PARTIALLY_REFUNDED: ['CANCELLED', 'REFUNDED'],
    // Money that comes after the hold's end buys what is still there (`takesLateMoney`).
    CANCELLED: ['COMPLETED', 'REFUNDED'],
    // Money that comes all the same goes back.
    FAILED: ['REFUNDED'],
    REFUNDED: [],
  },
});

/** Whether money that comes for a cancelled order may still buy it: when nobody cancelled it, only the time ran out. */
export function takesLateMoney(status: OrderStatus, reason: OrderReason | null): boolean {
  return status === 'CANCELLED' && reason === 'NOT_PAID_IN_TIME';
}

/** Whether the order's tickets exist and count. */
export function isBought(status: OrderStatus): boolean {
  return status === 'COMPLETED' || status === 'PARTIALLY_REFUNDED';
}
