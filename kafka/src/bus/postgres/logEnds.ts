/** Up to where a partition is filled: the position that its next event will get. */
export interface PartitionEnd {
  readonly partitionId: number;
  readonly end: number;
}

/** What this process knows of the partitions' ends, and whom it tells when one has grown. */
export interface LogEnds {
  /** The end of a partition as last heard of; 0 before anything was. */
  of(partitionId: number): number;
  /** Takes news; an end never goes back. Listeners are called when one has grown. */
  advance(ends: readonly PartitionEnd[]): void;
  /** @returns detaches the listener. */
  onGrown(listener: () => void): () => void;
}

export function createLogEnds(): LogEnds {
  const known = new Map<number, number>();
  const listeners = new Set<() => void>();
  return {
    of: (partitionId) => known.get(partitionId) ?? 0,
    advance(ends) {
      let grown = false;
      for (const { partitionId, end } of ends) {
        if (end > (known.get(partitionId) ?? 0)) {
          known.set(partitionId, end);
          grown = true;
        }
      }
      if (grown) for (const listener of listeners) listener();
    },
    onGrown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
