import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 100;
const PATIENCE_MS = 120_000;

/** Waits for a condition, looking rarely: what is measured must not be slowed by being looked at. */
export async function waitQuietly(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come within ${PATIENCE_MS / 1000} s`);
    await delay(INTERVAL_MS);
  }
}
