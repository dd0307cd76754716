/** How failed attempts are counted. */
export interface LockRule {
  /** Failures that lock. */
  readonly failures: number;
  /** How long they lock, in milliseconds. */
  readonly lockMs: number;
  /** How long failures are remembered, in milliseconds. */
  readonly rememberMs: number;
  /**
   * Null: after a lock it is counted anew. Else failures are counted on, and each locks for twice as long as the one
   * before, up to this long.
   */
  readonly growsToMs: number | null;
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

/** The count with one more failure. What lies further back than the rule remembers is forgotten. */
export function countFailure(count: FailureCount | null, now: Date, rule: LockRule): FailureCount {
  const goesOn = count && (rule.growsToMs !== null || !count.lockedUntil);
  const remembered = goesOn && now.getTime() - count.lastAt.getTime() < rule.rememberMs;
  const failures = (remembered ? count.failures : 0) + 1;
  const lockMs = lockFor(failures, rule);
  return { failures, lastAt: now, lockedUntil: lockMs > 0 ? new Date(now.getTime() + lockMs) : null };
}

/** How long the last of so many failures locks, in milliseconds. */
function lockFor(failures: number, { failures: locking, lockMs, growsToMs }: LockRule): number {
  if (failures < locking) return 0;
  return growsToMs === null ? lockMs : Math.min(growsToMs, lockMs * 2 ** (failures - locking));
}
