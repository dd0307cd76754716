/** Lets events be handled side by side, or one quite alone in the whole process. */
export interface SoloGate {
  /** Runs work beside other such work. */
  beside<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Runs work when all other has ended, and lets none begin meanwhile. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createSoloGate(): SoloGate {
  let beside = 0;
  let aloneTail: Promise<unknown> | null = null;
  let announceEmpty: () => void = () => undefined;

  return {
    async beside(work) {
      while (aloneTail !== null) await aloneTail;
      beside += 1;
      try {
        return await work();
      } finally {
        beside -= 1;
        if (beside === 0) announceEmpty();
      }
    },
    async alone(work) {
      const before = aloneTail;
      const mine = (async () => {
        await before;
        while (beside > 0) {
          await new Promise<void>((resolve) => {
            announceEmpty = resolve;
          });
        }
        return await work();
      })();
      const tail = mine.then(
        () => undefined,
        () => undefined,
      );
      aloneTail = tail;
      try {
        return await mine;
      } finally {
        if (aloneTail === tail) aloneTail = null;
      }
    },
  };
}

/**
 * The gate of this process, over all its consumers: when it ends while one event is being handled alone, that
 * event did it, and none of another subgraph that lives in the same process.
 */
export const soloGate = createSoloGate();
