import {
  createBackOff,
  createJob,
  invariant,
  type Clock,
  type Component,
  type Log,
  type Metrics,
} from '@foyer/platform';
import { Line } from '../domain/line.js';
import type { LogRow } from '../domain/logRow.js';
import type { Store } from '../store/createStore.js';
import type { WakeUp } from '../store/createWakeUp.js';
import { LOG_PAGE, readDrawnOrder, readLogs } from '../store/readLog.js';

/** Follows the logs of queues into memory. */
export interface LineFollower extends Component {
  /**
   * A line in which at least the row `seq` is applied; that row must have been committed.
   * @throws what its log can't be followed for.
   */
  at(eventId: string, seq: number): Promise<Line>;
  /**
   * A line in which everything committed before the call is applied.
   * @throws what its log can't be followed for.
   */
  fresh(eventId: string): Promise<Line>;
  /** Keeps a line in memory and tells of new rows once they are applied. @returns ends that. */
  watch(eventId: string, onRows: RowListener): () => void;
}

/** Told of rows that were applied to a line. */
export type RowListener = (line: Line, rows: readonly LogRow[]) => void;

interface Followed {
  readonly line: Promise<Line>;
  /** The same, once it is there. */
  loaded: Line | null;
  usedAt: number;
}

const NAME = 'follow the waiting rooms';
const REREAD_MS = 1000;
/** A line that nobody has asked for in this time is forgotten. */
const IDLE_MS = 10 * 60_000;

/**
 * A follower. Lines are read when first asked for, then kept up with: at every wake-up, and once a second in any case.
 * One query reads what is new of all lines. A log that can't be followed is its askers' failure: it rests, its line stays
 * where it is, and the others go on.
 */
export function createLineFollower(options: {
  readonly store: Store;
  readonly wakeUp: WakeUp;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}): LineFollower {
  const { store, wakeUp, clock, log, metrics } = options;
  const logs = createBackOff({ job: NAME, clock, log, metrics });
  const followed = new Map<string, Followed>();
  const listeners = new Map<string, Set<RowListener>>();
  let reading: Promise<void> | null = null;
  let nextReading: Promise<void> | null = null;
  let detach = (): unknown => undefined;

  const apply = async (eventId: string, line: Line, rows: readonly LogRow[]): Promise<void> => {
    for (const row of rows) {
      line.apply(row, row.kind === 'DRAWN' ? await readDrawnOrder(store.sql, eventId) : []);
    }
  };
  /** Applies rows, and tells of those that could be applied. */
  const applyAndTell = async (eventId: string, line: Line, rows: readonly LogRow[]): Promise<void> => {
    try {
      await apply(eventId, line, rows);
    } finally {
      const applied = rows.filter(({ seq }) => seq <= line.seq);
      for (const listener of listeners.get(eventId) ?? []) listener(line, applied);
    }
  };
  /** A line as far as its log goes now. */
  const load = async (eventId: string): Promise<Line> => {
    const line = new Line();
    for (;;) {
      const rows = (await readLogs(store.sql, [{ eventId, seq: line.seq }])).get(eventId) ?? [];
      await apply(eventId, line, rows);
      if (rows.length < LOG_PAGE) return line;
    }
  };
  const begin = (eventId: string): Followed => {
    const begun: Followed = { line: load(eventId), loaded: null, usedAt: 0 };
    followed.set(eventId, begun);
    begun.line.then(
      (line) => {
        begun.loaded = line;
        logs.forget(eventId);
        job.wake();
      },
      // It is loaded again when it is asked for again; the failure is its asker's.
      () => followed.delete(eventId),
    );
    return begun;
  };
  const follow = (eventId: string): Followed => {
    const known = followed.get(eventId) ?? begin(eventId);
    known.usedAt = performance.now();
    return known;
  };
  const forgetIdle = (): void => {
    for (const [eventId, { usedAt }] of followed) {
      if (!listeners.has(eventId) && performance.now() - usedAt > IDLE_MS) followed.delete(eventId);
    }
  };
  const readAll = async (): Promise<void> => {
    forgetIdle();
    for (const eventId of listeners.keys()) {
      if (followed.has(eventId)) follow(eventId);
      // Nobody asks for it at this moment: an outage is found again by the reading itself.
      else void logs.attempt(eventId, () => follow(eventId).line).catch(() => undefined);
    }
    const lines = new Map<string, Line>();
    const resting = new Set(logs.resting());
    for (const [eventId, { loaded }] of followed) {
      // One that is still being read must not keep the others waiting.
      if (loaded && !resting.has(eventId)) lines.set(eventId, loaded);
    }
    let more = lines.size > 0;
    while (more) {
      const news = await readLogs(
        store.sql,
        [...lines].map(([eventId, { seq }]) => ({ eventId, seq })),
      );
      more = false;
      for (const [eventId, line] of lines) {
        const rows = news.get(eventId) ?? [];
        if (rows.length === 0) {
          logs.forget(eventId);
          continue;
        }
        await logs.attempt(eventId, () => applyAndTell(eventId, line, rows));
        if (logs.failureOf(eventId) !== undefined) lines.delete(eventId);
        else more ||= rows.length === LOG_PAGE;
      }
    }
  };
  /** Resolves when a reading that began after the call is done; calls that come meanwhile share one. */
  const refresh = (): Promise<void> => {
    if (!reading) {
      reading = readAll().finally(() => {
        reading = null;
      });
      return reading;
    }
    nextReading ??= reading
      .catch(() => undefined)
      .then(() => {
        nextReading = null;
        return refresh();
      });
    return nextReading;
  };
  /** Has a line read up to now. */
  const bringUpToDate = async (eventId: string): Promise<void> => {
    await refresh();
    const failure = logs.failureOf(eventId);
    if (failure !== undefined) throw failure;
  };
  const job = createJob({ name: NAME, everyMs: REREAD_MS, run: refresh, log, items: logs });

  return {
    name: 'line follower',
    async start() {
      detach = wakeUp.onWake(job.wake);
      await job.start();
    },
    async stop() {
      detach();
      await job.stop();
    },
    async at(eventId, seq) {
      const line = await follow(eventId).line;
      if (line.seq < seq) await bringUpToDate(eventId);
      invariant(line.seq >= seq, `row ${seq} of ${eventId} was not committed`);
      return line;
    },
    async fresh(eventId) {
      const isKnown = followed.has(eventId);
      const line = await follow(eventId).line;
      if (isKnown) await bringUpToDate(eventId);
      return line;
    },
    watch(eventId, onRows) {
      follow(eventId);
      const those = listeners.get(eventId) ?? new Set();
      listeners.set(eventId, those.add(onRows));
      return () => {
        those.delete(onRows);
        if (those.size === 0) listeners.delete(eventId);
      };
    },
  };
}
