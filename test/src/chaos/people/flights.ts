import { setTimeout as delay } from 'node:timers/promises';
import type { OperationName } from '../faults.js';

/** What people have asked for and not been answered yet. */
export interface Flights {
  /** Something is asked for. @returns call it when there is an answer, or when none will come. */
  begin(name: OperationName): () => void;
  /** How many of each are under way; those that are not are left out. */
  underWay(): Readonly<Partial<Record<OperationName, number>>>;
  /** Resolves as soon as one of these is under way, or when the patience is over. */
  awaitOne(names: readonly OperationName[], patienceMs: number): Promise<void>;
}

const LOOK_MS = 2;

/** Counts what is under way. */
export function createFlights(): Flights {
  const counts = new Map<OperationName, number>();
  const change = (name: OperationName, by: number): void => {
    counts.set(name, (counts.get(name) ?? 0) + by);
  };
  return {
    begin(name) {
      change(name, 1);
      let over = false;
      return () => {
        if (!over) change(name, -1);
        over = true;
      };
    },
    underWay: () => Object.fromEntries([...counts].filter(([, count]) => count > 0)),
    async awaitOne(names, patienceMs) {
      const deadline = Date.now() + patienceMs;
      while (!names.some((name) => (counts.get(name) ?? 0) > 0) && Date.now() < deadline)
        await delay(LOOK_MS);
    },
  };
}
