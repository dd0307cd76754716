import {
  createBackOff,
  createJob,
  type BackOff,
  type Clock,
  type Component,
  type Job,
  type Lease,
  type LeaseOptions,
  type Log,
  type Metrics,
} from '@foyer/platform';
import type { Outbox } from '@foyer/kafka';
import { isDue } from '../domain/isDue.js';
import type { Store } from '../store/createStore.js';
import type { WakeUp } from '../store/createWakeUp.js';
import { glanceAtQueues } from '../store/glanceAtQueues.js';
import { buryProcess, findDeadProcesses } from '../store/presence.js';
import { findUnpublished, publishLog, PUBLISH_PAGE } from '../store/publishLog.js';
import { runQueue, type RunOptions } from './runQueue.js';

/** What the processor works with. */
export interface ProcessorOptions extends RunOptions {
  readonly store: Store;
  /** Makes the right to process, for which this process competes with the others. */
  readonly createLease: (on: Pick<LeaseOptions, 'onTurn' | 'onLost'>) => Lease;
  readonly outbox: Outbox;
  readonly wakeUp: WakeUp;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

const REREAD_MS = 1000;
const BURY_STEP = 2000;

/**
 * Draws, admits, ends and tells, in the one process of several that holds the lease. The lease only spares the others
 * the work: what must hold is decided under each queue's lock. A queue that can't be worked on rests, and keeps no other
 * waiting.
 */
export function createProcessor(options: ProcessorOptions): Component {
  const { store, createLease, outbox, wakeUp, clock, log, metrics } = options;
  let timer: NodeJS.Timeout | null = null;
  let detach = (): unknown => undefined;
  const lease = createLease({
    onTurn: () => wake(),
    onLost: () => log.warn('lost the lease of the waiting room to a broken connection'),
  });

  const runDue = async (eventId: string): Promise<void> => {
    let more = true;
    while (more && lease.held) {
      const result = await store.transaction((sql) => runQueue(sql, eventId, options));
      // Only what changed wakes others: a run that found nothing would wake itself for ever.
      if (result.changed) wakeUp.changed();
      if (result.waitMs !== null) wakeIn(result.waitMs);
      more = result.more;
    }
  };
  /** A job that takes its items apart, run by the process that holds the lease. */
  const jobOf = (name: string, run: (items: BackOff) => Promise<void>): Job => {
    const items = createBackOff({ job: name, clock, log, metrics });
    const runInTurn = async (): Promise<void> => {
      if (lease.held) await run(items);
    };
    return createJob({ name, everyMs: REREAD_MS, run: runInTurn, log, items });
  };
  const runAll = async (queues: BackOff): Promise<void> => {
    for (const { queue, offers, claimed, now, hasAbsent, hasTurnsOver } of await glanceAtQueues(
      store.sql,
      options.absenceMs,
    )) {
      await queues.attempt(queue.eventId, async () => {
        if (hasAbsent || hasTurnsOver || isDue(queue, offers, claimed, now)) await runDue(queue.eventId);
        else if (queue.waiting > 0 && queue.pacedUntil > now)
          wakeIn(queue.pacedUntil.getTime() - now.getTime());
      });
    }
  };
  const publishAll = async (queues: BackOff): Promise<void> => {
    for (const eventId of await findUnpublished(store.sql)) {
      await queues.attempt(eventId, async () => {
        let told = PUBLISH_PAGE;
        while (told === PUBLISH_PAGE && lease.held) {
          told = await store.transaction((sql) => publishLog(sql, outbox, eventId));
        }
      });
    }
  };
  const buryAll = async (processes: BackOff): Promise<void> => {
    for (const id of await findDeadProcesses(store.sql)) {
      await processes.attempt(id, async () => {
        let done = false;
        while (!done && lease.held) done = await store.transaction((sql) => buryProcess(sql, id, BURY_STEP));
      });
    }
  };
  const jobs = [
    jobOf('admit from the waiting rooms', runAll),
    jobOf('tell the log of the waiting rooms', publishAll),
    jobOf('bury dead processes', buryAll),
  ] as const;
  const [admitting, telling] = jobs;

  const wake = (): void => {
    admitting.wake();
    telling.wake();
  };
  /** The job re-reads every second anyway; this is for a moment before that. */
  const wakeIn = (milliseconds: number): void => {
    if (milliseconds >= REREAD_MS) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(wake, milliseconds);
  };
  return {
    name: 'processor',
    async start() {
      detach = wakeUp.onWake(wake);
      for (const job of jobs) await job.start();
      await lease.start();
    },
    async stop() {
      detach();
      if (timer) clearTimeout(timer);
      for (const job of jobs) await job.stop();
      await lease.stop();
    },
  };
}
