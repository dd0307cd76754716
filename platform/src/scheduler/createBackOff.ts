import type { Clock } from '../clock/clock.js';
import { isOutage } from '../health/isOutage.js';
import type { Log } from '../log/createLog.js';
import type { Metrics } from '../metrics/metrics.js';

/** What a back-off is for. */
export interface BackOffOptions {
  /** The job whose items they are, as the log and the metric name it. */
  readonly job: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Takes the items of a loop apart: one that fails rests, each time for longer, while the others go on. It is kept in
 * memory: a process that starts tries everything at once.
 */
export interface BackOff {
  /**
   * Does the work of an item, unless it rests. Never rejects because of the item: its failure is logged, and it rests.
   * @throws what is not the item's fault: an outage, and the failure of one more when too many rest already.
   */
  attempt(key: string, work: () => Promise<unknown>): Promise<void>;
  /** Items that rest now, for queries to leave out: at the head of a limit they would keep everything behind them. */
  resting(): readonly string[];
  /** What the last attempt at an item failed with; undefined when it did not fail. */
  failureOf(key: string): Error | undefined;
  /** The item was dealt with in another way. */
  forget(key: string): void;
  /** Shows operators how many failed and wait for another attempt: `foyer_items_resting`. @returns ends that. */
  show(): () => void;
}

interface Rest {
  readonly tries: number;
  /** By the clock, in milliseconds. */
  readonly until: number;
  readonly error: Error;
}

const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 5 * 60_000;
/** One that is not tried again in this time after its rest was dealt with elsewhere, and is not found any more. */
const FORGET_MS = 10 * 60_000;
/** When more items fail than this it is hardly theirs. */
const MOST_RESTING = 10_000;

/** The back-off of one job. */
export function createBackOff({ job, clock, log, metrics }: BackOffOptions): BackOff {
  const rests = new Map<string, Rest>();
  const now = (): number => clock.now().getTime();
  const forgetOld = (): void => {
    for (const [key, { until }] of rests) if (until + FORGET_MS <= now()) rests.delete(key);
  };
  const rest = (key: string, error: Error): void => {
    const tries = (rests.get(key)?.tries ?? 0) + 1;
    const restMs = Math.min(FIRST_REST_MS * 2 ** (tries - 1), LONGEST_REST_MS);
    rests.set(key, { tries, until: now() + restMs, error });
    log.error({ err: error, job, item: key, tries, restMs }, 'an item failed and rests; the others go on');
  };
  return {
    async attempt(key, work) {
      if ((rests.get(key)?.until ?? -Infinity) > now()) return;
      try {
        await work();
        rests.delete(key);
      } catch (error) {
        if (rests.size >= MOST_RESTING) forgetOld();
        if (isOutage(error) || (rests.size >= MOST_RESTING && !rests.has(key))) throw error;
        rest(key, error instanceof Error ? error : new Error(String(error)));
      }
    },
    resting() {
      forgetOld();
      return [...rests].filter(([, { until }]) => until > now()).map(([key]) => key);
    },
    failureOf: (key) => rests.get(key)?.error,
    forget(key) {
      rests.delete(key);
    },
    show: () =>
      metrics.gauge({
        name: 'foyer_items_resting',
        help: 'Items of jobs that failed and wait for another attempt; the log names them',
        labels: ['job'],
        // Read from memory.
        keepMs: 0,
        collect() {
          forgetOld();
          return [{ labels: { job }, value: rests.size }];
        },
      }),
  };
}
