import { countFailure, lockedUntil, type FailureCount } from './countFailure.js';

const RULE = { failures: 5, lockMs: 900_000 };
const START = new Date('2026-05-01T10:00:00Z');
const at = (milliseconds: number): Date => new Date(START.getTime() + milliseconds);

function failures(times: readonly number[]): FailureCount | null {
  return times.reduce<FailureCount | null>((count, time) => countFailure(count, at(time), RULE), null);
}

describe('countFailure', () => {
  it('locks at the fifth failure', () => {
    expect(lockedUntil(failures([0, 1, 2, 3]), at(4))).toBeNull();
    expect(lockedUntil(failures([0, 1, 2, 3, 4]), at(4))).toEqual(at(900_004));
  });

  it('ends the lock by itself, and begins to count anew', () => {
    const locked = failures([0, 1, 2, 3, 4]);
    expect(lockedUntil(locked, at(900_003))).not.toBeNull();
    expect(lockedUntil(locked, at(900_004))).toBeNull();
    expect(countFailure(locked, at(900_004), RULE)).toMatchObject({ failures: 1, lockedUntil: null });
  });

  it('forgets what lies further back than a lock lasts', () => {
    expect(failures([0, 1, 2, 3, 900_003])).toMatchObject({ failures: 1 });
    expect(failures([0, 1, 2, 3, 900_002])).toMatchObject({ failures: 5 });
  });
});
