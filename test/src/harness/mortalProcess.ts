import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { CommitPoint } from '@foyer/orders';
import type { MortalOrder, MortalReport } from './mortalPart.js';

/** A commit of a saga, and the side of it. */
export type PlaceToDie = `${'before' | 'after'} ${CommitPoint}`;

/** Where a process dies that is to be killed around each of these commits. */
export function bothSidesOf(points: readonly CommitPoint[]): readonly PlaceToDie[] {
  return points.flatMap((point) => [`before ${point}`, `after ${point}`] as const);
}

/** A process that dies where it is told to, and is started again on the same databases. */
export interface MortalProcess {
  /** How many processes have ended with SIGKILL. */
  readonly deaths: number;
  /** Has the process end itself at the first of these commits, the one after it at the second, and so on. */
  killAt(places: readonly PlaceToDie[]): Promise<void>;
  /** Tells the present process something. */
  tell(order: MortalOrder): Promise<void>;
  /** Does something as a client does that wants it done: again, when the process died meanwhile. */
  insist<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Kills the present process. The next one starts with other variables, once `before` is through. */
  restart(changed: MortalProcess['variables'], before?: () => Promise<void>): Promise<void>;
  readonly variables: Readonly<Record<string, string>>;
  /** Ends it for good. */
  end(): Promise<void>;
}

/**
 * Starts a process; whenever it ends by SIGKILL, another one is started.
 * @param file runs in it; see `runMortalPart`
 * @param inventoryAt addresses of inventory's processes, when it runs in processes of its own
 */
export async function startMortalProcess(
  file: string,
  variables: MortalProcess['variables'],
  inventoryAt: readonly string[] | null = null,
): Promise<MortalProcess> {
  let present = variables;
  let deaths = 0;
  let doomed: readonly PlaceToDie[] = [];
  let stopping = false;
  let failure: Error | null = null;
  let ready = Promise.resolve();
  // The next process loads its modules while the present one works.
  let standby = load(file);
  let running = start();

  async function start(): Promise<ChildProcess> {
    await ready;
    for (;;) {
      const child = await standby;
      standby = load(file);
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
        else failure = new Error(`the process ended with ${signal ?? String(code)}`);
        if (!stopping && !failure) running = start();
      });
      return child;
    }
  }
  const kill = async (child: ChildProcess): Promise<void> => {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };

  await running;
  return {
    get deaths() {
      return deaths;
    },
    get variables() {
      return present;
    },
    async killAt(places) {
      doomed = places;
      await tell(await running, { killAt: places[0] ?? null });
    },
    async tell(order) {
      await tell(await running, order);
    },
    async insist(work) {
      for (;;) {
        const child = await running;
        try {
          return await work();
        } catch (error) {
          if (!isLost(error) || !(await hasEnded(child))) throw error;
          if (failure) throw failure;
        }
      }
    },
    async restart(changed, before) {
      present = changed;
      let open: () => void = () => undefined;
      ready = new Promise((resolve) => {
        open = resolve;
      });
      await kill(await running);
      await before?.();
      open();
      await running;
    },
    async end() {
      stopping = true;
      await Promise.all([running.then(kill, () => undefined), standby.then(kill)]);
    },
  };
}

async function load(file: string): Promise<ChildProcess> {
  const child = fork(file, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  await nextReport(child);
  return child;
}

async function tell(child: ChildProcess, order: MortalOrder): Promise<void> {
  const report = nextReport(child);
  child.send(order);
  await report;
}

/** @throws when it ends before it reports. */
async function nextReport(child: ChildProcess): Promise<MortalReport> {
  const ending = new AbortController();
  const { signal } = ending;
  const ended = once(child, 'exit', { signal }).then(([code, by]) => {
    throw new Error(`the process ended with ${String(by ?? code)} before it answered`);
  });
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([report]) => report as MortalReport),
      ended,
    ]);
  } finally {
    ended.catch(() => undefined);
    ending.abort();
  }
}

/**
 * Whether an error says that the connection broke, or that there was nobody to connect to: graphql-request's, Node's, or
 * the gateway's when it is a subgraph that is gone.
 */
function isLost(error: unknown): boolean {
  // By name, for Node's errors may be of another realm than the test's.
  const { name, message, cause, response } = error as Error & { readonly response?: GraphqlAnswer };
  if (cause instanceof Error && isLost(cause)) return true;
  if (response?.errors?.some(({ extensions }) => extensions?.code === 'SUBGRAPH_UNAVAILABLE')) return true;
  return name === 'FetchError' || (name === 'TypeError' && ['fetch failed', 'terminated'].includes(message));
}

interface GraphqlAnswer {
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** A broken connection may be known of before the process's end is. */
function hasEnded(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(true);
  return once(child, 'exit', { signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  );
}
