import { setTimeout as delay } from 'node:timers/promises';
import { ConfigurationError } from '../config/environment.js';
import { describeError } from '../health/describeError.js';
import type { Log } from '../log/createLog.js';
import type { Dependency } from './dependency.js';

/** How an engine is waited for. */
export interface WaitOptions {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Told what is wrong after each attempt that failed. */
  readonly onAbsent: (reason: string) => void;
  /** Between two attempts, in milliseconds. */
  readonly everyMs?: number;
}

const EVERY_MS = 500;
/** While an engine is absent, it is said this often. */
const COMPLAIN_EVERY_MS = 10_000;

/**
 * Waits until an engine answers.
 * @throws ConfigurationError when waiting can't help; the signal's reason when it is aborted.
 */
export async function waitForDependency(
  { what, check }: Dependency,
  { signal, log, onAbsent, everyMs = EVERY_MS }: WaitOptions,
): Promise<void> {
  let complainedAt = -Infinity;
  for (;;) {
    signal.throwIfAborted();
    try {
      await check();
      break;
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      const reason = describeError(error);
      onAbsent(`waiting for ${what}: ${reason}`);
      if (performance.now() - complainedAt >= COMPLAIN_EVERY_MS) {
        complainedAt = performance.now();
        log.warn(`waiting for ${what}: ${reason}`);
      }
      await delay(everyMs, undefined, { signal });
    }
  }
  if (complainedAt > -Infinity) log.info(`${what} answers`);
}
