import { Refused } from '@foyer/platform/domain';
import { eventStatus, requireEditable, requireTransition, type EventStatus } from './eventStatus.js';

const ALL = Object.keys(eventStatus.transitions) as EventStatus[];

describe('event status', () => {
  it('goes DRAFT, CONFIGURED, APPROVED, PUBLISHED, and to CANCELLED from any of them; nothing else', () => {
    const allowed = ALL.flatMap((from) =>
      ALL.filter((to) => eventStatus.allows(from, to)).map((to) => `${from}>${to}`),
    );
    expect(allowed.sort()).toEqual(
      [
        'APPROVED>CANCELLED',
        'APPROVED>PUBLISHED',
        'CONFIGURED>APPROVED',
        'CONFIGURED>CANCELLED',
        'DRAFT>CANCELLED',
        'DRAFT>CONFIGURED',
        'PUBLISHED>CANCELLED',
      ].sort(),
    );
  });

  it('says from where a refused transition would have been possible', () => {
    expect(() => {
      requireTransition('DRAFT', 'PUBLISHED');
    }).toThrow(Refused);
    expect(() => {
      requireTransition('DRAFT', 'PUBLISHED');
    }).toThrow(/only one that is APPROVED can become PUBLISHED/);
  });

  it.each(['APPROVED', 'PUBLISHED', 'CANCELLED'] as const)('forbids editing what is %s', (status) => {
    expect(() => {
      requireEditable(status);
    }).toThrow(/only until it is approved/);
  });
});
