import { setTimeout as delay } from 'node:timers/promises';

const FIRST_INTERVAL_MS = 5;
const LONGEST_INTERVAL_MS = 100;

/**
 * Resolves when the condition holds: with what it gave, which must be neither false, null nor undefined. Asking may go
 * through a whole system and cost something, so it is asked ever more rarely, ten times a second in the end. A condition
 * that rejects ends the wait.
 * @param what names the condition in the error.
 * @throws when it does not hold within the time, by default two minutes: a busy machine is slow.
 */
export async function waitUntil<Value>(
  condition: () => Value | Promise<Value>,
  what = 'the condition',
  milliseconds = 120_000,
): Promise<Exclude<Value, false | null | undefined>> {
  const deadline = Date.now() + milliseconds;
  for (let interval = FIRST_INTERVAL_MS; ; interval = Math.min(interval * 1.5, LONGEST_INTERVAL_MS)) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined) {
      return value as Exclude<Value, false | null | undefined>;
    }
    if (Date.now() > deadline) throw new Error(`${what} did not hold within ${milliseconds} ms`);
    await delay(interval);
  }
}
