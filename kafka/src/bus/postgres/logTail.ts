import type { BusMessage } from '../eventBus.js';
import type { Appended, LogEntry } from './appendToLog.js';

/** The newest events that this process itself has appended, so that its consumers need not read them back. */
export interface LogTail {
  /** Takes what was appended. Events of which some were in the log before are not kept: their places are unknown. */
  add(entries: readonly LogEntry[], appended: readonly Appended[]): void;
  /** The messages of a partition from a position on, at most `limit`; null when that position is not kept. */
  read(partitionId: number, position: number, limit: number): readonly BusMessage[] | null;
}

/** Of one partition: consecutive events, the first one at `first`. */
interface Kept {
  first: number;
  entries: LogEntry[];
}

/** Events kept of each partition. */
const LENGTH = 50;

export function createLogTail(): LogTail {
  const tails = new Map<number, Kept>();

  function addTo(partitionId: number, first: number, entries: LogEntry[]): void {
    const kept = tails.get(partitionId);
    const end = kept === undefined ? 0 : kept.first + kept.entries.length;
    // Answers of two appends may overtake each other: what is older is left to the database.
    if (kept !== undefined && first < end) return;
    const consecutive = first === end ? [...(kept?.entries ?? []), ...entries] : entries;
    const dropped = Math.max(0, consecutive.length - LENGTH);
    tails.set(partitionId, {
      first: first + entries.length - consecutive.length + dropped,
      entries: consecutive.slice(dropped),
    });
  }

  return {
    add(entries, appended) {
      for (const { partitionId, first, end } of appended) {
        const ofPartition = entries.filter((entry) => entry.partitionId === partitionId);
        if (ofPartition.length === end - first) addTo(partitionId, first, ofPartition);
      }
    },
    read(partitionId, position, limit) {
      const kept = tails.get(partitionId);
      if (kept === undefined || position < kept.first || position >= kept.first + kept.entries.length)
        return null;
      const start = position - kept.first;
      // Each reader gets objects of its own, as from the database.
      return kept.entries.slice(start, start + limit).map(({ key, text }, index) => ({
        offset: position + index,
        key,
        value: JSON.parse(text) as unknown,
      }));
    },
  };
}
