import type { OrderWork } from '../store/orderWork.js';
import { moveReservation } from './moveReservation.js';

/**
 * A party has dined, or did not come: its table is free for others from now on. The deposit stays with the restaurant.
 * @param actorId who says so; left out: the clock.
 */
export async function endVisit(
  work: OrderWork,
  action: 'COMPLETE' | 'MISS',
  actorId?: string,
): Promise<void> {
  const kind = action === 'COMPLETE' ? 'DINED' : 'NO_SHOW';
  work.change({ kind, ...(actorId === undefined ? {} : { actorId }) });
  await moveReservation(work, action);
  work.begin({ kind: 'CANCEL', step: 'RELEASE', data: { closing: null, reason: kind } });
}
