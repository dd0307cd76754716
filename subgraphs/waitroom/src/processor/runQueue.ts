import type { SqlTransaction } from '@foyer/platform';
import { admissionsDue } from '../domain/admissionsDue.js';
import { isDrawDue, isSettled } from '../domain/isDue.js';
import { endingOf, saleOutlook } from '../domain/saleState.js';
import { admitNext } from '../store/admitNext.js';
import { drawLine } from '../store/drawLine.js';
import { endWaiting } from '../store/endWaiting.js';
import { lapseAbsent } from '../store/lapseAbsent.js';
import { lockQueue } from '../store/lockQueue.js';
import { findOffers } from '../store/offers.js';
import { findClaims } from '../store/queueOrders.js';
import { passTurns } from '../store/passTurns.js';

/** How long people have. */
export interface RunOptions {
  /** From an admission until it runs out, in milliseconds. */
  readonly admissionMs: number;
  /** From the last sign of somebody until the place is lost, in milliseconds. */
  readonly absenceMs: number;
}

/** What was done, and what remains. */
export interface RunResult {
  /** Whether anything changed. */
  readonly changed: boolean;
  /** There was more than one transaction should do: run again at once. */
  readonly more: boolean;
  /** Milliseconds until pacing allows the next admission; null when pacing holds nobody back. */
  readonly waitMs: number | null;
}

/** The most people whom one transaction moves in one way. */
const STEP = 1000;

/**
 * Brings one line up to date, in one transaction: what the sale has to offer, the draw, the end, turns that ran out,
 * people who are gone, and then the admissions that there is room for. Decided under the queue's lock, so any number of
 * processes may run it at once.
 */
export async function runQueue(
  sql: SqlTransaction,
  eventId: string,
  { admissionMs, absenceMs }: RunOptions,
): Promise<RunResult> {
  const queue = await lockQueue(sql, eventId);
  if (!queue) return { changed: false, more: false, waitMs: null };
  const { now } = queue;
  const outlook = saleOutlook(queue.state, await findOffers(sql, eventId), now);
  if (outlook.state !== queue.state.saleState) {
    queue.change({ saleState: outlook.state, endingDone: false });
    queue.append('SALE_STATE', { detail: { state: outlook.state } });
  }
  if (isDrawDue(queue.state, now)) await drawLine(sql, queue);
  let more = false;
  const ending = endingOf(outlook.state);
  if (ending && !queue.state.endingDone) {
    const all = (await endWaiting(sql, queue, ending, STEP)) < STEP;
    if (all) queue.change({ endingDone: true });
    more ||= !all;
  }
  more ||= (await passTurns(sql, queue, STEP)) === STEP;
  more ||= (await lapseAbsent(sql, queue, absenceMs, STEP)) === STEP;
  const claimed = (await findClaims(sql, [eventId])).get(eventId) ?? 0;
  const { granted, pacedUntil } = admissionsDue(queue.state, outlook, claimed, now);
  // Those in front may be gone: nobody is admitted before it is known who is.
  if (granted > 0 && !more) {
    const count = Math.min(granted, STEP);
    await admitNext(sql, queue, count, new Date(now.getTime() + admissionMs));
    queue.change({ pacedUntil });
    more = granted > STEP;
  }
  if (isSettled(queue.state, now) && !queue.state.settled) queue.change({ settled: true });
  const changed = await queue.flush(sql);
  const waitMs = queue.state.waiting > 0 ? pacedUntil.getTime() - now.getTime() : 0;
  return { changed, more, waitMs: waitMs > 0 ? waitMs : null };
}
