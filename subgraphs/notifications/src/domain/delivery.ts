import { defineStateMachine } from '@foyer/platform/domain';

/** How far a delivery is. */
export type DeliveryStatus = 'QUEUED' | 'SENT' | 'PARKED' | 'WITHHELD';

/**
 * QUEUED until the channel takes it; given up after its tries; WITHHELD where its address has had too much, wants none, or
 * is told something newer. An operator may queue it again.
 */
export const deliveryStatus = defineStateMachine<DeliveryStatus>({
  name: 'delivery status',
  initial: 'QUEUED',
  transitions: {
    QUEUED: ['SENT', 'PARKED', 'WITHHELD'],
    PARKED: ['QUEUED'],
    WITHHELD: ['QUEUED'],
    SENT: [],
  },
});

/** Tries before a delivery is parked. */
export const MAXIMUM_ATTEMPTS = 3;

const FIRST_RETRY_MS = 2000;

/** Time from a failed try to the next, in milliseconds: 2 s, then 4 s, … @returns null when it was the last. */
export function retryDelay(attempts: number): number | null {
  return attempts >= MAXIMUM_ATTEMPTS ? null : FIRST_RETRY_MS * 2 ** (attempts - 1);
}
