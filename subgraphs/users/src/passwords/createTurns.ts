/** Runs work on the same key one after the other. */
export interface Turns {
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Turns by key, within this process. Attempts to log in are counted before they are judged; without turns, six right
 * ones at the same time would look like five failures to the sixth.
 */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const turn = (last.get(key) ?? Promise.resolve()).then(work);
      const settled = turn.catch(() => undefined);
      last.set(key, settled);
      void settled.then(() => {
        if (last.get(key) === settled) last.delete(key);
      });
      return turn;
    },
  };
}
