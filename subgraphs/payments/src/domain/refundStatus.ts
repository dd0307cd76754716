import { defineStateMachine } from '@foyer/platform/domain';

/** How a refund goes. */
export const refundStatus = defineStateMachine({
  name: 'refund',
  initial: 'REQUESTED',
  transitions: { REQUESTED: ['SUCCEEDED', 'FAILED'], SUCCEEDED: [], FAILED: [] },
});

/** How far a refund is. */
export type RefundStatus = keyof typeof refundStatus.transitions;
