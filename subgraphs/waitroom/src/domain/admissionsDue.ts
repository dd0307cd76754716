import { pace, type Pacing } from './pacing.js';
import type { Queue } from './queue.js';
import type { SaleOutlook } from './saleState.js';

/**
 * How many of the front may be admitted now: as many as there is room for (N), at the pace of M a minute, while
 * something can be bought. Nobody is admitted to buy nothing: there are never more unspent admissions than units known
 * to be free. Whoever spent one has units in hand, which are no longer counted as free.
 */
export function admissionsDue(queue: Queue, outlook: SaleOutlook, now: Date): Pacing {
  const none = { granted: 0, pacedUntil: queue.pacedUntil };
  if (queue.paused || !queue.published || queue.drawnSeq === null || outlook.state !== 'AVAILABLE')
    return none;
  const wanted = Math.min(
    queue.waiting,
    queue.maximumInCheckout - queue.placesTaken,
    outlook.free - queue.unspent,
  );
  return wanted <= 0 ? none : pace(queue.pacedUntil, now, queue.admissionsPerMinute, wanted);
}
