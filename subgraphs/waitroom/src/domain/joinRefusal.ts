import { Refused } from '@foyer/platform/domain';
import type { Queue } from './queue.js';

/** What somebody can still do about a line. */
export type WaitroomOption = 'JOIN' | 'JOIN_FOR_RETURNS';

/** When a line opens: some time before the sale, or earlier if an operator opened it. */
export function opensAt(queue: Pick<Queue, 'saleStartsAt' | 'openedAt'>, opensBeforeMs: number): Date {
  const planned = new Date(queue.saleStartsAt.getTime() - opensBeforeMs);
  return queue.openedAt !== null && queue.openedAt < planned ? queue.openedAt : planned;
}

/**
 * Why nobody can join a line now. Those who already stand in it keep their place whatever this says.
 * @returns null when joining is possible.
 */
export function joinRefusal(
  queue: Queue,
  now: Date,
  opensBeforeMs: number,
  staysForReturns: boolean,
): Refused | null {
  if (queue.cancelled) return closed('EVENT_CANCELLED', 'The event has been cancelled.');
  if (now >= queue.saleEndsAt || queue.saleState === 'SALE_ENDED')
    return closed('SALE_ENDED', 'The sale is over.');
  const opening = opensAt(queue, opensBeforeMs);
  if (!queue.published || now < opening) {
    return closed(
      'NOT_OPEN_YET',
      `The waiting room opens at ${opening.toISOString()}. Come back then.`,
      [],
      opening,
    );
  }
  if (queue.saleState === 'SOLD_OUT' && !staysForReturns) {
    const message =
      'Everything is sold. Join with stayForReturns: true to be admitted if something comes back.';
    return closed('SOLD_OUT', message, ['JOIN_FOR_RETURNS']);
  }
  return null;
}

function closed(
  code: string,
  message: string,
  options: readonly WaitroomOption[] = [],
  at: Date | null = null,
): Refused {
  return new Refused({ __typename: 'WaitroomClosed', code, message, options, opensAt: at });
}
