import type { Queue } from '../queue.js';

/** A queue on sale, with a draw behind it and nobody in it. */
export function testQueue(changes: Partial<Queue> = {}): Queue {
  return {
    eventId: '018f0000-0000-7000-8000-000000000001',
    organizationId: '018f0000-0000-7000-8000-000000000002',
    published: true,
    cancelled: false,
    saleStartsAt: new Date('2026-05-01T10:00:00Z'),
    saleEndsAt: new Date('2026-05-01T20:00:00Z'),
    configuredMaximum: 100,
    configuredRate: 6000,
    maximumInCheckout: 100,
    admissionsPerMinute: 6000,
    openedAt: null,
    paused: false,
    saleState: 'AVAILABLE',
    seed: Buffer.alloc(32, 1),
    drawnSeq: 2,
    drawnAt: new Date('2026-05-01T10:00:00Z'),
    drawnCount: 0,
    entriesHash: Buffer.alloc(32, 2),
    lastSeq: 2,
    waiting: 0,
    placesTaken: 0,
    unspent: 0,
    pacedUntil: new Date(0),
    endingDone: false,
    settled: false,
    ...changes,
  };
}
