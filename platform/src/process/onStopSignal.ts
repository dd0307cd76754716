import type { Log } from '../log/createLog.js';

/** A terminal's Ctrl-C reaches a program twice when a package manager that started it passes the signal on. */
const ECHO_MS = 500;

/**
 * Stops the process once, cleanly, at SIGINT or SIGTERM; a second signal ends it at once. The exit status is 0 when all
 * stopped, 1 otherwise.
 * @param withinMs for stopping; longer ends the process with status 1.
 */
export function onStopSignal(stop: () => Promise<void>, log: Log, withinMs: number | null = null): void {
  let stoppingSince: number | null = null;
  const handle = (): void => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > ECHO_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    if (withinMs !== null) {
      setTimeout(() => {
        log.fatal(`what was in hand could not be finished within ${withinMs / 1000} s; it is given up`);
        process.exit(1);
      }, withinMs).unref();
    }
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
}
