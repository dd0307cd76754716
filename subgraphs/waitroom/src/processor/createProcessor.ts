import { createJob, type Component, type Lease, type LeaseOptions, type Log } from '@foyer/platform';
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
  readonly log: Log;
}

const REREAD_MS = 1000;
const BURY_STEP = 2000;

/**
 * Draws, admits, ends and tells, in the one process of several that holds the lease. The lease only spares the others
 * the work: what must hold is decided under each queue's lock.
 */
export function createProcessor(options: ProcessorOptions): Component {
  const { store, createLease, outbox, wakeUp, log } = options;
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
  const runAll = async (): Promise<void> => {
    if (!lease.held) return;
    for (const { queue, offers, claimed, now, hasAbsent, hasTurnsOver } of await glanceAtQueues(
      store.sql,
      options.absenceMs,
    )) {
      if (hasAbsent || hasTurnsOver || isDue(queue, offers, claimed, now)) await runDue(queue.eventId);
      else if (queue.waiting > 0 && queue.pacedUntil > now)
        wakeIn(queue.pacedUntil.getTime() - now.getTime());
    }
  };
  const publishAll = async (): Promise<void> => {
    if (!lease.held) return;
    for (const eventId of await findUnpublished(store.sql)) {
      let told = PUBLISH_PAGE;
      while (told === PUBLISH_PAGE && lease.held) {
        told = await store.transaction((sql) => publishLog(sql, outbox, eventId));
      }
    }
  };
  const buryAll = async (): Promise<void> => {
    if (!lease.held) return;
    for (const id of await findDeadProcesses(store.sql)) {
      let done = false;
      while (!done && lease.held) done = await store.transaction((sql) => buryProcess(sql, id, BURY_STEP));
    }
  };
  const jobs = [
    createJob({ name: 'admit from the waiting rooms', everyMs: REREAD_MS, run: runAll, log }),
    createJob({ name: 'tell the log of the waiting rooms', everyMs: REREAD_MS, run: publishAll, log }),
    createJob({ name: 'bury dead processes', everyMs: REREAD_MS, run: buryAll, log }),
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
