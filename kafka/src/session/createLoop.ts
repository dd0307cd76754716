import type { Log } from '@foyer/platform';

/** Work that is done whenever somebody says that there may be some. */
export interface Loop {
  /** There may be something to do: runs once more after the present run. */
  wake(): void;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
  /** Begins no further run and waits for the present one. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  /** One run; runs never overlap. When it rejects, it is tried again after a while. */
  readonly run: () => Promise<void>;
  /** Whether it may run now: asked before every run; a wake-up that finds a no is forgotten. */
  readonly mayRun?: () => boolean;
  readonly log: Log;
}

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5000;

/** A loop that sleeps until it is woken, and pauses for longer and longer while its work fails. */
export function createLoop({ name, run, mayRun = () => true, log }: LoopOptions): Loop {
  let again = false;
  let stopped = false;
  let active = false;
  let running: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | null = null;
  let pause = FIRST_PAUSE;

  const mayGoOn = (): boolean => retry === null && !stopped && mayRun();

  function wake(): void {
    again = true;
    if (active || !mayGoOn()) return;
    active = true;
    running = runWhileWoken();
  }

  async function runWhileWoken(): Promise<void> {
    do {
      again = false;
      await runOnce();
    } while (again && mayGoOn());
    active = false;
  }

  async function runOnce(): Promise<void> {
    try {
      await run();
      pause = FIRST_PAUSE;
    } catch (error) {
      if (stopped) return;
      log.warn({ err: error, work: name }, 'work failed; trying again');
      retry = setTimeout(() => {
        retry = null;
        wake();
      }, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  return {
    wake,
    async settled() {
      while (active) await running;
    },
    async stop() {
      stopped = true;
      if (retry !== null) clearTimeout(retry);
      await running;
    },
  };
}
