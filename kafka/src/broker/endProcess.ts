import { waitForEnd } from '@foyer/platform';

/** How long a broker may take to write down what it knows. */
const CLEAN_MS = 30_000;
const KILL_MS = 10_000;

/**
 * Ends a process by these signals, each after the one before has not done it in time.
 *
 * @throws when it is there still.
 */
export async function endProcess(pid: number, signals: readonly NodeJS.Signals[]): Promise<void> {
  for (const signal of signals) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await waitForEnd(pid, signal === 'SIGKILL' ? KILL_MS : CLEAN_MS)) return;
  }
  throw new Error(`Process ${pid} could not be stopped.`);
}
