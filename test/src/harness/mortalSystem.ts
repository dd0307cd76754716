import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CommitPoint } from '@foyer/orders';
import { makeOperator } from './makeOperator.js';
import type { Person, Stage } from './story.js';
import type { SystemProcessOrder, SystemProcessReport } from './systemProcess.js';
import { createTestEnvironment } from './testEnvironment.js';

/** A commit of a saga, and the side of it. */
export type PlaceToDie = `${'before' | 'after'} ${CommitPoint}`;

/** Where a system dies that is to be killed around each of these commits. */
export function bothSidesOf(points: readonly CommitPoint[]): readonly PlaceToDie[] {
  return points.flatMap((point) => [`before ${point}`, `after ${point}`] as const);
}

/** The whole system in a process of its own, which dies and is started again on the same databases. */
export interface MortalSystem extends Stage {
  /** How many processes have ended with SIGKILL. */
  readonly deaths: number;
  /** Has the process end itself at the first of these commits, the one after it at the second, and so on. */
  killAt(places: readonly PlaceToDie[]): Promise<void>;
  /** In the present process payments does what it is asked by this operation, and nobody hears of it. */
  loseAnswersTo(operation: string): Promise<void>;
  /** Does something as a client does that wants it done: again, when the system died meanwhile. */
  insist<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Kills the present process and starts one with other variables. */
  restart(overrides: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it and drops its databases. */
  stop(): Promise<void>;
}

/**
 * Starts the system; whenever it ends by a signal, another process is started.
 * @param startInventory starts inventory in processes of its own, and says where; left out, it runs within the system's.
 */
export async function startMortalSystem(
  overrides: Readonly<Record<string, string>>,
  startInventory?: (variables: Stage['variables']) => Promise<readonly string[]>,
): Promise<MortalSystem> {
  const { variables, drop } = await createTestEnvironment(overrides);
  const inventoryAt = (await startInventory?.(variables)) ?? null;
  let present = variables;
  let deaths = 0;
  let doomed: readonly PlaceToDie[] = [];
  let stopping = false;
  let failure: Error | null = null;
  // The next process loads its modules while the present one works.
  let standby = load();
  let running = start();

  async function start(): Promise<ChildProcess> {
    for (;;) {
      const child = await standby;
      standby = load();
      const die = (): void => {
        deaths += 1;
        doomed = doomed.slice(1);
      };
      try {
        await tell(child, { start: present, inventoryAt, killAt: doomed[0] ?? null });
      } catch (error) {
        // It went on where the one before it was, and came to its own end before it could say that it had started.
        if (child.signalCode !== 'SIGKILL') throw error;
        die();
        continue;
      }
      child.once('exit', (code, signal) => {
        if (signal === 'SIGKILL') die();
        else failure = new Error(`the system ended with ${signal ?? String(code)}`);
        if (!stopping && !failure) running = start();
      });
      return child;
    }
  }
  const order = async (what: SystemProcessOrder): Promise<void> => tell(await running, what);
  const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      const child = await running;
      try {
        return await work();
      } catch (error) {
        if (!isLost(error) || !(await hasEnded(child))) throw error;
        if (failure) throw failure;
      }
    }
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };

  await running;
  const stage = {
    endpoint: `http://127.0.0.1:${variables['GATEWAY_PORT'] ?? ''}/graphql`,
    variables,
    people: [] as Person[],
  };
  const operator = await makeOperator(stage);
  return {
    ...stage,
    operator,
    get deaths() {
      return deaths;
    },
    killAt(places) {
      doomed = places;
      return order({ killAt: places[0] ?? null });
    },
    loseAnswersTo: (operation) => order({ loseAnswersTo: operation }),
    insist,
    async restart(changed) {
      present = { ...variables, ...changed };
      await kill(await running);
      await running;
    },
    async stop() {
      stopping = true;
      await Promise.all(stage.people.map((person) => person.close()));
      await Promise.all([running.then(kill, () => undefined), standby.then(kill)]);
      await drop();
    },
  };
}

async function load(): Promise<ChildProcess> {
  const child = fork(join(__dirname, 'systemProcess.js'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  await nextReport(child);
  return child;
}

async function tell(child: ChildProcess, order: SystemProcessOrder): Promise<void> {
  const report = nextReport(child);
  child.send(order);
  await report;
}

/** @throws when it ends before it reports. */
async function nextReport(child: ChildProcess): Promise<SystemProcessReport> {
  const ending = new AbortController();
  const { signal } = ending;
  const ended = once(child, 'exit', { signal }).then(([code, by]) => {
    throw new Error(`the system ended with ${String(by ?? code)} before it answered`);
  });
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([report]) => report as SystemProcessReport),
      ended,
    ]);
  } finally {
    ended.catch(() => undefined);
    ending.abort();
  }
}

/** Whether an error says that the connection broke, or that there was nobody to connect to: graphql-request's, or Node's. */
function isLost(error: unknown): boolean {
  // By name, for Node's errors are of another realm than Jest's.
  const { name, message, cause } = error as Error;
  if (cause instanceof Error && isLost(cause)) return true;
  return name === 'FetchError' || (name === 'TypeError' && ['fetch failed', 'terminated'].includes(message));
}

/** A broken connection may be known of before the process's end is. */
function hasEnded(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(true);
  return once(child, 'exit', { signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  );
}
