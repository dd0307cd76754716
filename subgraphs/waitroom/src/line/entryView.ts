import type { Entry } from '../domain/entry.js';
import { isLive } from '../domain/entryStatus.js';
import { estimateWait, type WaitRange } from '../domain/estimateWait.js';
import type { WaitroomOption } from '../domain/joinRefusal.js';
import type { Line } from '../domain/line.js';
import { optionsLeft } from '../domain/optionsLeft.js';
import type { SaleState } from '../domain/saleState.js';

/** A place as its owner sees it at one moment. */
export interface EntryView extends Entry {
  /** Number of the log's row up to which this is true; never goes back for who asks again. */
  readonly version: number;
  /** From 1; null before the draw and when not waiting. */
  readonly position: number | null;
  readonly peopleAhead: number | null;
  /** null when nobody can know, and when not waiting. */
  readonly estimatedWait: WaitRange | null;
  readonly saleState: SaleState;
  readonly options: readonly WaitroomOption[];
}

/** What a line in memory says of a place. */
export function viewEntry(entry: Entry, line: Line, now: Date): EntryView {
  const position = entry.status === 'QUEUED' ? line.positionOf(entry.seq) : null;
  const peopleAhead = position === null ? null : position - 1;
  const secondsToSale = Math.max(0, ((line.saleStartsAt ?? now).getTime() - now.getTime()) / 1000);
  const { saleState, paused, maximumInCheckout, admissionsPerMinute, figures } = line;
  const { waiting, inCheckout, meanCheckoutMs } = figures;
  const basis = {
    waiting,
    inCheckout,
    meanCheckoutMs,
    saleState,
    paused,
    maximumInCheckout,
    admissionsPerMinute,
  };
  return {
    ...entry,
    version: line.seq,
    position,
    peopleAhead,
    estimatedWait:
      entry.status === 'QUEUED' ? estimateWait({ ...basis, ahead: peopleAhead, secondsToSale }) : null,
    saleState,
    options: isLive(entry.status) ? [] : optionsLeft(entry, saleState),
  };
}
