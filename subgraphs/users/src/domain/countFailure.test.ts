import { countFailure, lockedUntil, type FailureCount } from './countFailure.js';

const RULE = { failures: 5, lockMs: 900_000, rememberMs: 900_000, growsToMs: null };
const SLOWING = { failures: 3, lockMs: 1000, rememberMs: 900_000, growsToMs: 60_000 };
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

  it('slows down more with every failure, up to a bound, and forgets in the end', () => {
    let [count, now]: [FailureCount | null, number] = [null, 0];
    const waits: number[] = [];
    for (let failure = 0; failure < 12; failure += 1) {
      count = countFailure(count, at(now), SLOWING);
      waits.push(count.lockedUntil ? count.lockedUntil.getTime() - at(now).getTime() : 0);
      now += waits.at(-1) ?? 0;
    }
    expect(waits).toEqual([0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
    expect(countFailure(count, at(now + 900_000), SLOWING)).toMatchObject({ failures: 1, lockedUntil: null });
    // However many there were, it stays a bounded time.
    expect(countFailure({ ...count, failures: 1e6 } as FailureCount, at(now), SLOWING).lockedUntil).toEqual(
      at(now + 60_000),
    );
  });
});
