import { setTimeout as delay } from 'node:timers/promises';

/** Waits between attempts to reach the database: 50 ms, doubling up to 2 s, each shortened at random by up to half. */
export class BackOff {
  private attempt = 0;

  /** Waits before the next attempt; gives false at once when `signal` is or becomes aborted. */
  async wait(signal: AbortSignal): Promise<boolean> {
    const longest = Math.min(2_000, 50 * 2 ** this.attempt);
    this.attempt += 1;
    try {
      await delay(longest * (0.5 + Math.random() / 2), undefined, { signal });
      return true;
    } catch {
      return false;
    }
  }

  /** To be called after a success. */
  reset(): void {
    this.attempt = 0;
  }
}
