/** How failed attempts are counted. */
export interface LockRule {
  /** Failures that lock. */
  readonly failures: number;
  /** How long they lock, and how long failures are remembered, in milliseconds. */
  readonly lockMs: number;
}

/** Failures as they are stored. */
export interface FailureCount {
  readonly failures: number;
  readonly lastAt: Date;
  readonly lockedUntil: Date | null;
}

/** When a lock ends that holds now; null when nothing is locked. */
export function lockedUntil(count: FailureCount | null, now: Date): Date | null {
  return count?.lockedUntil && count.lockedUntil > now ? count.lockedUntil : null;
}

/** The count with one more failure. What lies further back than the lock lasts is forgotten. */
export function countFailure(count: FailureCount | null, now: Date, rule: LockRule): FailureCount {
  const remembered = count && !count.lockedUntil && now.getTime() - count.lastAt.getTime() < rule.lockMs;
  const failures = (remembered ? count.failures : 0) + 1;
  const locked = failures >= rule.failures;
  return { failures, lastAt: now, lockedUntil: locked ? new Date(now.getTime() + rule.lockMs) : null };
}
