/** What is known of whether an instance answers. */
export interface Condition {
  /**
   * `resting`: it did not answer lately, so others are asked first. `due`: its rest is over and one request may try it;
   * to whomever this is said, it rests for all others meanwhile.
   */
  state(): 'well' | 'resting' | 'due';
  /** It answered. */
  answered(): void;
  /** It did not answer, or says that it is leaving. */
  failed(): void;
}

/** How long one that failed is left alone before it is tried again, in milliseconds. */
const REST_MS = 1000;

/** The condition of an instance that nothing bad is known of. @param now a clock in milliseconds that never goes back. */
export function createCondition(now: () => number = () => performance.now()): Condition {
  let restsUntil: number | null = null;
  return {
    state() {
      if (restsUntil === null) return 'well';
      if (now() < restsUntil) return 'resting';
      restsUntil = now() + REST_MS;
      return 'due';
    },
    answered() {
      restsUntil = null;
    },
    failed() {
      restsUntil = now() + REST_MS;
    },
  };
}
