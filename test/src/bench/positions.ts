import { createLog, newId } from '@foyer/platform';
import type { Line } from '@foyer/waitroom/dist/domain/line.js';
import { createJoiner } from '@foyer/waitroom/dist/joining/createJoiner.js';
import { createLineFollower } from '@foyer/waitroom/dist/line/createLineFollower.js';
import type { Store } from '@foyer/waitroom/dist/store/createStore.js';
import { joinGroup, type JoinRequest } from '@foyer/waitroom/dist/store/joinGroup.js';
import type { BenchResult } from './benchResult.js';
import { measureRate } from './measureRate.js';

const CLIENTS = 2000;
const GROUP = 2000;
const LOOKUPS = 200_000;
const OPEN = { opensBeforeMs: 0 };

/**
 * One line with so many people in it: how many more join per second, and what a position costs out of memory, against
 * asking the database to count those ahead.
 * @param eventId of a line whose sale has begun, and in which nobody stands.
 */
export async function benchPositions(
  store: Store,
  eventId: string,
  waiting: number,
  seconds: number,
): Promise<readonly BenchResult[]> {
  for (let joined = 0; joined < waiting; joined += GROUP) {
    const requests = Array.from({ length: Math.min(GROUP, waiting - joined) }, somebody);
    await store.transaction((sql) => joinGroup(sql, eventId, requests, OPEN));
  }
  const line = await readLine(store, eventId);
  const perSecond = lookUp(line, waiting);
  const baseline = await countPerSecond(store, eventId, waiting, seconds / 2);
  const joiner = createJoiner(store, OPEN);
  const joins = await measureRate(CLIENTS, seconds / 2, async () => {
    await joiner.join(eventId, somebody());
  });
  const people = waiting.toLocaleString('en-US');
  const lookups = { unit: 'positions/s', value: perSecond, baseline, ratio: perSecond / baseline };
  return [
    {
      name: `joins with ${people} waiting`,
      unit: 'joins/s',
      value: joins,
      baseline: null,
      ratio: null,
      note: `${CLIENTS} people at once, the line growing from ${people}`,
    },
    {
      name: `positions with ${people} waiting`,
      ...lookups,
      note: `${LOOKUPS.toLocaleString('en-US')} out of memory, on one thread; baseline: the database counts those ahead, by index, one connection`,
    },
  ];
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
  return createLineFollower({ store, wakeUp, log: createLog('bench', 'silent') }).fresh(eventId);
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

function somebody(): JoinRequest {
  return { userId: newId(), staysForReturns: false };
}
