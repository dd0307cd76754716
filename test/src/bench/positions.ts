import { createLog, createMetrics, systemClock } from '@foyer/platform';
import type { Line } from '@foyer/waitroom/dist/domain/line.js';
import { createLineFollower } from '@foyer/waitroom/dist/line/createLineFollower.js';
import type { Store } from '@foyer/waitroom/dist/store/createStore.js';
import type { BenchResult } from './benchResult.js';
import { measureRate } from './measureRate.js';

const LOOKUPS = 200_000;

/**
 * What a position costs out of memory, against asking the database to count those ahead.
 * @param eventId of a line whose sale has begun, and in which nobody stands but the `waiting`.
 */
export async function benchPositions(
  store: Store,
  eventId: string,
  waiting: number,
  seconds: number,
): Promise<BenchResult> {
  const line = await readLine(store, eventId);
  const value = lookUp(line, waiting);
  const baseline = await countPerSecond(store, eventId, waiting, seconds);
  return {
    name: `positions with ${waiting.toLocaleString('en-US')} waiting`,
    unit: 'positions/s',
    value,
    baseline,
    ratio: value / baseline,
    note: `${LOOKUPS.toLocaleString('en-US')} out of memory, on one thread; baseline: the database counts those ahead, by index, one connection`,
  };
}

/** The line in memory, as every process has it. */
async function readLine(store: Store, eventId: string): Promise<Line> {
  const wakeUp = {
    name: 'never',
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    changed: () => undefined,
    onWake: () => () => undefined,
  };
  const log = createLog('bench', 'silent');
  const follower = createLineFollower({ store, wakeUp, clock: systemClock, log, metrics: createMetrics() });
  return follower.fresh(eventId);
}

/** Positions per second of people all over the line. */
function lookUp(line: Line, waiting: number): number {
  const first = line.seq - waiting + 1;
  const started = performance.now();
  let found = 0;
  for (let each = 0; each < LOOKUPS; each += 1) {
    // A step that shares no factor with the numbers of people meets all of them, far from one another.
    if (line.positionOf(first + ((each * 7919) % waiting)) !== null) found += 1;
  }
  if (found !== LOOKUPS) throw new Error('somebody has no position');
  return LOOKUPS / ((performance.now() - started) / 1000);
}

async function countPerSecond(
  store: Store,
  eventId: string,
  waiting: number,
  seconds: number,
): Promise<number> {
  const people = await store.sql.query<{ id: string }>('select id from entry where event_id = $1', [eventId]);
  let each = 0;
  return measureRate(1, seconds, async () => {
    each += 1;
    await store.sql.query(
      `select count(*) from entry
       where event_id = $1 and status = 'QUEUED' and order_key <= (select order_key from entry where id = $2)`,
      [eventId, people[(each * 7919) % waiting]?.id],
    );
  });
}
