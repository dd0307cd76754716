import { pace, type Pacing } from './pacing.js';
import type { Queue } from './queue.js';
import type { SaleOutlook } from './saleState.js';

/**
 * How many of the front may be admitted now: as many as there is room for (N), at the pace of M a minute, while
 * something can be bought. Nobody is admitted to buy nothing: an unspent admission stands for one of the units known to be
 * free, and a spent one for those of its order that inventory has not counted yet.
 * @param claimed units of spent admissions that inventory has not spoken of.
 */
export function admissionsDue(queue: Queue, outlook: SaleOutlook, claimed: number, now: Date): Pacing {
  const none = { granted: 0, pacedUntil: queue.pacedUntil };
  if (queue.paused || !queue.published || queue.drawnSeq === null || outlook.state !== 'AVAILABLE')
    return none;
  const wanted = Math.min(
    queue.waiting,
    queue.maximumInCheckout - queue.placesTaken,
    outlook.free - queue.unspent - claimed,
  );
  return wanted <= 0 ? none : pace(queue.pacedUntil, now, queue.admissionsPerMinute, wanted);
}
