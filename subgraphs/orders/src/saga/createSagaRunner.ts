import { withCausation } from '@foyer/kafka';
import { createJob, newId, type Clock, type Component, type Log } from '@foyer/platform';
import { unavailable } from '../domain/refusals.js';
import type { CommitPoint } from '../domain/sagas.js';
import { notePoint } from '../store/commitPoints.js';
import type { Store } from '../store/openStore.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import { claimSagas, LeaseLost, putOffSaga, renewLeases, returnLeases, type Lease } from '../store/sagas.js';
import type { SagaRow } from '../store/sagaRow.js';
import { advance, afterUndoing, nextToUndo } from './advance.js';
import type { Tasks } from './tasks.js';
import type { Verdict } from './verdict.js';

/** How sagas are run. */
export interface SagaRunnerOptions {
  readonly store: Store;
  readonly tasks: Tasks;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a process that has not been heard of is believed to live, in milliseconds. */
  readonly leaseMs: number;
  /** How often sagas that are due are looked for, in milliseconds. */
  readonly pollMs: number;
  /** The most sagas that this process takes from the table at once. */
  readonly concurrency: number;
  /** Attempts at one step before an operator is asked. */
  readonly maximumAttempts: number;
}

/** Runs the sagas of a database, together with the runners of other processes. */
export interface SagaRunner {
  /** What a saga's row names as its holder while this process has it in hand. */
  readonly lease: Lease;
  /** Looks for sagas that are due at once. */
  wake(): void;
  /** Runs a saga that was recorded as in this process's hand, until it is over or put off. */
  run(saga: SagaRow): Promise<SagaRow>;
  readonly components: readonly Component[];
}

const FIRST_DELAY_MS = 100;
/** Of steps forward, for which somebody waits. */
const LONGEST_TIMED_DELAY_MS = 2000;
const LONGEST_DELAY_MS = 30_000;

/** Makes the runner of this process. */
export function createSagaRunner(options: SagaRunnerOptions): SagaRunner {
  const { store, tasks, clock, leaseMs, pollMs, concurrency, maximumAttempts } = options;
  const log = options.log.child({ part: 'sagas' });
  const lease: Lease = { holder: newId(), milliseconds: leaseMs };
  const inHand = new Map<string, Promise<SagaRow>>();
  let stopping = false;

  const poll = createJob({ name: 'sagas', everyMs: pollMs, run: takeDue, log });
  const heartbeat = createJob({
    name: 'saga leases',
    everyMs: Math.ceil(leaseMs / 3),
    run: async () => {
      if (inHand.size > 0) await renewLeases(store.sql, lease, [...inHand.keys()]);
    },
    log,
  });

  async function takeDue(): Promise<void> {
    const free = concurrency - inHand.size;
    if (free <= 0) return;
    const due = await claimSagas(store.sql, lease, free);
    for (const saga of due) void run(saga).then(() => due.length === free && poll.wake());
  }

  function run(saga: SagaRow): Promise<SagaRow> {
    const { correlationId } = saga.data;
    const running = withCausation(correlationId === undefined ? {} : { correlationId }, () => runOn(saga))
      .catch((error: unknown) => {
        // The lease runs out, and somebody takes it up where the database says that it stands.
        log[error instanceof LeaseLost ? 'warn' : 'error'](
          { err: error, saga: saga.id },
          'a saga was let go',
        );
        return saga;
      })
      .finally(() => inHand.delete(saga.id));
    inHand.set(saga.id, running);
    return running;
  }

  async function runOn(begun: SagaRow): Promise<SagaRow> {
    let saga = begun;
    while (saga.state === 'RUNNING' && !stopping) {
      if (saga.attempts > 0 && isLate(saga)) {
        saga = await giveUp(saga);
      } else if (saga.attempts > maximumAttempts && !isTimed(saga)) {
        return park(saga, 'it ended several processes');
      } else {
        try {
          saga = await step(saga);
        } catch (error) {
          if (error instanceof LeaseLost) throw error;
          saga = await fail(saga, error);
          if (!isLate(saga)) return saga;
        }
      }
    }
    return saga;
  }

  /** Asks for one step, or for its undoing, and writes the answer. */
  async function step(saga: SagaRow): Promise<SagaRow> {
    const undo = saga.undoing ? nextToUndo(saga) : null;
    if (undo !== null) {
      const settle = await tasks.undoing(saga, undo)(saga);
      return commit(saga, pointOf(saga), async (work) => {
        const verdict = await settle(work);
        return verdict ? advance(saga, verdict) : afterUndoing(saga, undo);
      });
    }
    const settle = await tasks.doing(saga).ask(saga);
    return commit(saga, pointOf(saga), async (work) => advance(saga, await settle(work)));
  }

  function commit(
    saga: SagaRow,
    point: CommitPoint,
    decide: (work: OrderWork) => Promise<SagaRow> | SagaRow,
  ): Promise<SagaRow> {
    return workOnOrder(store, saga.orderId, async (work) => {
      const next = await decide(work);
      if (next.state === 'UNDONE') await tasks.undone(work, next, next.outcome);
      work.saveSaga(next, lease);
      notePoint(work.sql, point);
      return next;
    }).then((next) => {
      if (!next) throw new Error(`saga ${saga.id} has no order`);
      return next;
    });
  }

  /** A step failed: it is tried again later, given up when its time is over, or left to an operator. */
  async function fail(before: SagaRow, error: unknown): Promise<SagaRow> {
    const saga = { ...before, attempts: before.attempts + 1, lastError: String(error).slice(0, 500) };
    log.warn(
      { err: error, saga: saga.id, step: saga.step, attempts: saga.attempts },
      'a step of a saga failed',
    );
    if (isLate(saga)) return saga;
    if (saga.attempts >= maximumAttempts && !isTimed(saga)) return park(saga, saga.lastError);
    const longest = isTimed(saga) ? LONGEST_TIMED_DELAY_MS : LONGEST_DELAY_MS;
    const delay = Math.min(FIRST_DELAY_MS * 2 ** Math.min(saga.attempts - 1, 20), longest);
    const untilLate = isTimed(saga) ? Math.max(0, saga.deadline.getTime() - clock.now().getTime()) : Infinity;
    const wait = Math.min(delay, untilLate);
    await putOffSaga(store.sql, lease, saga, wait);
    if (wait < pollMs && !stopping) setTimeout(() => poll.wake(), wait).unref();
    return saga;
  }

  function isLate(saga: SagaRow): boolean {
    return isTimed(saga) && saga.deadline <= clock.now();
  }

  function giveUp(saga: SagaRow): Promise<SagaRow> {
    const verdict: Verdict = { kind: 'undo', outcome: unavailable().refusal };
    return commit(saga, pointOf(saga), () => advance(saga, verdict));
  }

  function park(saga: SagaRow, why: string): Promise<SagaRow> {
    const { attempts } = saga;
    return commit(saga, pointOf(saga), () => ({ ...advance(saga, { kind: 'park', why }), attempts }));
  }

  return {
    lease,
    wake: () => poll.wake(),
    run,
    components: [
      heartbeat,
      {
        name: 'saga runner',
        start: () => poll.start(),
        async stop() {
          stopping = true;
          await poll.stop();
          await Promise.allSettled(inHand.values());
          await returnLeases(store.sql, lease.holder);
        },
      },
    ],
  };
}

/** Whether a saga goes forward with a deadline: its steps are not parked, but undone when it is over. */
function isTimed(saga: SagaRow): saga is SagaRow & { readonly deadline: Date } {
  return !saga.undoing && saga.deadline !== null;
}

function pointOf(saga: SagaRow): CommitPoint {
  const undo = saga.undoing ? nextToUndo(saga) : null;
  return undo === null ? `${saga.kind}.${saga.step}` : `${saga.kind}.UNDO_${undo}`;
}
