import { admissionsDue } from './admissionsDue.js';
import type { Queue } from './queue.js';
import { endingOf, saleOutlook, type Offer } from './saleState.js';

/** Whether nothing can happen in a line any more. */
export function isSettled(queue: Queue, now: Date): boolean {
  return (queue.cancelled || now >= queue.saleEndsAt) && queue.waiting === 0 && queue.placesTaken === 0;
}

/** Whether the draw is to be made: the sale has started and nobody has drawn. */
export function isDrawDue(queue: Queue, now: Date): boolean {
  return queue.drawnSeq === null && queue.published && !queue.cancelled && now >= queue.saleStartsAt;
}

/** Whether something is to be done about a line, absences and turns aside. @param claimed as for `admissionsDue`. */
export function isDue(queue: Queue, offers: readonly Offer[], claimed: number, now: Date): boolean {
  const outlook = saleOutlook(queue, offers, now);
  return (
    outlook.state !== queue.saleState ||
    isDrawDue(queue, now) ||
    (endingOf(outlook.state) !== null && !queue.endingDone) ||
    admissionsDue(queue, outlook, claimed, now).granted > 0 ||
    (isSettled(queue, now) && !queue.settled)
  );
}
