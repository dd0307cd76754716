import { defineStateMachine, notInState } from '@foyer/platform/domain';

/** How far an event is on its way. */
export type EventStatus = 'DRAFT' | 'CONFIGURED' | 'APPROVED' | 'PUBLISHED' | 'CANCELLED';

/** The only way an event goes. */
export const eventStatus = defineStateMachine<EventStatus>({
  name: 'event status',
  initial: 'DRAFT',
  transitions: {
    DRAFT: ['CONFIGURED', 'CANCELLED'],
    CONFIGURED: ['APPROVED', 'CANCELLED'],
    APPROVED: ['PUBLISHED', 'CANCELLED'],
    PUBLISHED: ['CANCELLED'],
    CANCELLED: [],
  },
});

/** Statuses in which name, place, time and configuration can still be changed: before anybody approved them. */
const EDITABLE: readonly EventStatus[] = ['DRAFT', 'CONFIGURED'];

/** @throws Refused `NotInState` when `from` can't become `to`. */
export function requireTransition(from: EventStatus, to: EventStatus): void {
  if (eventStatus.allows(from, to)) return;
  const sources = (Object.keys(eventStatus.transitions) as EventStatus[]).filter((state) =>
    eventStatus.allows(state, to),
  );
  throw notInState(`The event is ${from}; only one that is ${sources.join(' or ')} can become ${to}.`, from);
}

/** @throws Refused `NotInState` when an event is approved, and so can't be edited any more. */
export function requireEditable(status: EventStatus): void {
  if (EDITABLE.includes(status)) return;
  throw notInState(`The event is ${status}; it can be edited only until it is approved.`, status);
}
