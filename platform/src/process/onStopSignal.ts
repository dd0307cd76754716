import type { Log } from '../log/createLog.js';

/**
 * Stops the process once, cleanly, at SIGINT or SIGTERM; a second signal ends it at once. The exit status is 0 when all
 * stopped, 1 otherwise.
 */
export function onStopSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  const handle = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
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
