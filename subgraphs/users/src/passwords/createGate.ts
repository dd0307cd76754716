/** Lets a few through at a time. */
export interface Gate {
  /** Runs `work` when there is room. @throws GateFull at once when too many wait already. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Too many wait already. */
export class GateFull extends Error {
  override readonly name = 'GateFull';
}

/**
 * A gate, first come first served.
 * @param width how many run at the same time.
 * @param queue how many may wait behind them.
 */
export function createGate(width: number, queue: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (running >= width) {
        if (waiting.length >= queue) throw new GateFull('too many wait already');
        // Whoever leaves hands over the place, so that `running` stays as it is.
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
