import { defineStateMachine } from '@foyer/platform/domain';

/** Where a person stands. */
export type EntryStatus = 'QUEUED' | 'ADMITTED' | 'COMPLETED' | 'EXPIRED' | 'LEFT' | 'ENDED';

/**
 * QUEUED → ADMITTED → COMPLETED, or EXPIRED (gone too long, turn passed, checkout without a purchase), LEFT or ENDED.
 * Somebody who left or let the turn pass while an order was under way still completes when that order does: its event
 * comes later than the leaving.
 */
export const entryStatus = defineStateMachine<EntryStatus>({
  name: 'waiting room entry',
  initial: 'QUEUED',
  transitions: {
    QUEUED: ['ADMITTED', 'EXPIRED', 'LEFT', 'ENDED'],
    ADMITTED: ['COMPLETED', 'EXPIRED', 'LEFT'],
    EXPIRED: ['COMPLETED'],
    LEFT: ['COMPLETED'],
    COMPLETED: [],
    ENDED: [],
  },
});

/** Whether a place is a live one: a person has at most one of these per event. */
export function isLive(status: EntryStatus): boolean {
  return status === 'QUEUED' || status === 'ADMITTED';
}
