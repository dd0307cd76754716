import { setTimeout as delay } from 'node:timers/promises';

const FIRST_INTERVAL_MS = 10;
const LONGEST_INTERVAL_MS = 100;

/**
 * Resolves with what the condition gives, once that is neither false, null nor undefined. Asked through the whole system,
 * where each question costs something: ever rarer, ten times a second in the end.
 * @throws what the condition throws, and when it does not hold within the time.
 */
export async function eventually<Value>(
  condition: () => Value | Promise<Value>,
  what: string,
  milliseconds = 30_000,
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
