import { describeError } from '../health/describeError.js';
import { isOutage } from '../health/isOutage.js';
import type { Log } from '../log/createLog.js';
import type { Component } from '../lifecycle/component.js';
import type { BackOff } from './createBackOff.js';

/** Work that is done again and again. */
export interface JobOptions {
  readonly name: string;
  /** Time between the end of one run and the start of the next, in milliseconds. */
  readonly everyMs: number;
  /** One run. A failure is logged and tried again at the next. */
  readonly run: () => Promise<unknown>;
  readonly log: Log;
  /** What takes its items apart, where it has items: shown to operators while the job is on. */
  readonly items?: BackOff;
}

/** A job, with a way to be woken before its time. */
export interface Job extends Component {
  /** Runs as soon as the present run is over; many calls make one run. */
  wake(): void;
}

const COMPLAIN_EVERY_MS = 10_000;

/** A periodic job. Runs never overlap within the process; several processes may run it at once, and it must bear that. */
export function createJob({ name, everyMs, run, log, items }: JobOptions): Job {
  let stopping = false;
  let woken = false;
  let interrupt: (() => void) | null = null;
  let hide: (() => void) | undefined;
  let loop: Promise<void> = Promise.resolve();
  let complainedAt = -Infinity;

  /** An engine that is away is said by readiness; many jobs, many times a second, would drown everything else. */
  const complain = (error: unknown): void => {
    if (!isOutage(error)) {
      log.error({ err: error, job: name }, 'a job failed and will be tried again');
    } else if (performance.now() - complainedAt > COMPLAIN_EVERY_MS) {
      complainedAt = performance.now();
      log.warn({ job: name }, `a job waits for its engine: ${describeError(error)}`);
    }
  };
  const idle = async (): Promise<void> => {
    if (woken || stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    interrupt = null;
  };
  const work = async (): Promise<void> => {
    while (!stopping) {
      woken = false;
      try {
        await run();
      } catch (error) {
        complain(error);
        // What made it fail should not make it spin.
        if (woken) await new Promise((resolve) => setTimeout(resolve, Math.min(everyMs, 1000)));
      }
      await idle();
    }
  };
  return {
    name,
    start() {
      stopping = false;
      hide = items?.show();
      loop = work();
      return Promise.resolve();
    },
    async stop() {
      stopping = true;
      interrupt?.();
      await loop;
      hide?.();
    },
    wake() {
      woken = true;
      interrupt?.();
    },
  };
}
