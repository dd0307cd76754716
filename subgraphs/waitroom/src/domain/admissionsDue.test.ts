import { testQueue } from './testing/testQueue.js';
import { admissionsDue } from './admissionsDue.js';
import type { Queue } from './queue.js';

const now = new Date('2026-05-01T12:00:00Z');
const due = (changes: Partial<Queue>, free = 1000, claimed = 0): number =>
  admissionsDue(testQueue({ waiting: 500, ...changes }), { state: 'AVAILABLE', free }, claimed, now).granted;

test('as many as there is room for, never more than N', () => {
  expect(due({ maximumInCheckout: 5 })).toBe(5);
  expect(due({ maximumInCheckout: 5, placesTaken: 3 })).toBe(2);
  expect(due({ maximumInCheckout: 5, placesTaken: 5 })).toBe(0);
  expect(due({ maximumInCheckout: 2, placesTaken: 5 })).toBe(0);
  expect(due({ maximumInCheckout: 50, waiting: 4 })).toBe(4);
});

test('nobody to buy nothing: no more unspent admissions than there are free units', () => {
  expect(due({}, 3)).toBe(3);
  expect(due({ placesTaken: 10, unspent: 2 }, 3)).toBe(1);
  expect(due({ placesTaken: 10, unspent: 10 }, 3)).toBe(0);
  expect(due({ placesTaken: 10, unspent: 2 }, 5, 2)).toBe(1);
  expect(due({ placesTaken: 10 }, 1, 1)).toBe(0);
  for (const state of [
    'HELD',
    'SOLD_OUT',
    'PAUSED',
    'NOT_ON_SALE',
    'SALE_ENDED',
    'EVENT_CANCELLED',
  ] as const) {
    expect(admissionsDue(testQueue({ waiting: 5 }), { state, free: 5 }, 0, now).granted).toBe(0);
  }
});

test('nobody before the draw, while paused or not public, or ahead of the pace', () => {
  expect(due({ drawnSeq: null })).toBe(0);
  expect(due({ paused: true })).toBe(0);
  expect(due({ published: false })).toBe(0);
  expect(due({ pacedUntil: new Date(now.getTime() + 1) })).toBe(0);
  expect(due({ admissionsPerMinute: 60 })).toBe(1);
});
