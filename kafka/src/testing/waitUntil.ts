import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL = 5;

/**
 * Resolves when the condition holds: with what it gave, which must be neither false, null nor undefined. It
 * is asked every few milliseconds. A condition that rejects ends the wait.
 *
 * @param what names the condition in the error.
 * @throws when it does not hold within the time, by default thirty seconds.
 */
export async function waitUntil<Value>(
  condition: () => Value | Promise<Value>,
  what = 'the condition',
  milliseconds = 30_000,
): Promise<Exclude<Value, false | null | undefined>> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined) {
      return value as Exclude<Value, false | null | undefined>;
    }
    if (Date.now() > deadline) throw new Error(`${what} did not hold within ${milliseconds} ms`);
    await delay(INTERVAL);
  }
}
