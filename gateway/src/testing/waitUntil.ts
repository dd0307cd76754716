import { setImmediate as turn } from 'node:timers/promises';

/** Waits for a condition to hold. @throws when it does not within 30 s. */
export async function waitUntil(holds: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`did not come true: ${holds.toString()}`);
    await turn();
  }
}
