import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { claimDataFolder, portVariable, type Log, type ProcessName } from '@foyer/platform';
import { awaitReady, type Awaited } from './awaitReady.js';
import { createSupervised, type ProcessExit } from './createSupervised.js';
import { mainOf } from './mainOf.js';
import { addressVariables, planProcesses, type PlannedProcess } from './planProcesses.js';
import { openProcessRegister } from './processRegister.js';

/** How to start the system as processes. */
export interface DistributedOptions {
  /**
   * Of every process, and all they get: `<NAME>_DATABASE_URL` of every database (migrated), `FOYER_SECRET`,
   * `KAFKA_BROKERS`, `REDIS_URL`, tunables. `<NAME>_PORT` is the first instance's, 0 takes free ones. `<NAME>_URL` are
   * set where they are not.
   */
  readonly variables: Readonly<Record<string, string>>;
  /** Keeps `logs/<name>-<n>.log` and what runs, for the next start. One system at a time uses it. */
  readonly folder: string;
  /** Told what the supervisor does. */
  readonly log: Log;
  /** How many of each; default `DEFAULT_INSTANCES`. 0 runs none. */
  readonly instances?: Partial<Readonly<Record<ProcessName, number>>>;
  /** The file that a process runs; default its package's `dist/main.js`. */
  readonly entry?: (process: PlannedProcess) => string;
  /** Flags of Node for a process, such as `--require` of a module that replaces another. */
  readonly execArgv?: (process: PlannedProcess) => readonly string[];
  /** Variables of one process, over those of all. */
  readonly variablesOf?: (process: PlannedProcess) => Readonly<Record<string, string>>;
  /** How long all may take to be ready, milliseconds; default 180,000. */
  readonly readyWithinMs?: number;
  /** How long a process may take to end beyond `FOYER_DRAIN_SECONDS` before it is killed, milliseconds; default 10,000. */
  readonly stopPatienceMs?: number;
  /** How long what an earlier supervisor left may take to end, milliseconds; default 10,000. */
  readonly leftoverPatienceMs?: number;
  /** Gives the start up: what runs by then is ended. */
  readonly signal?: AbortSignal;
}

/** A process of the running system. */
export interface DistributedProcess extends PlannedProcess {
  /** Null between its end and its next start. */
  readonly pid: number | null;
  /** How the processes before this one ended. */
  readonly exits: readonly ProcessExit[];
  readonly logFile: string;
}

/** The whole of Foyer as processes of its own, each started again when it ends. */
export interface Distributed {
  /** Of every gateway: `http://127.0.0.1:4000/graphql`. */
  readonly endpoints: readonly string[];
  /** Read anew at each look. */
  readonly processes: readonly DistributedProcess[];
  /** What all processes were given, addresses included. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Sends a signal to one. Resolves once it has ended (for SIGSTOP and SIGCONT at once).
   * @returns false when it was not running.
   */
  kill(name: ProcessName, index: number, signal: NodeJS.Signals): Promise<boolean>;
  /** From now on one that ends is not started again; without a name, none is. */
  pause(name?: ProcessName, index?: number): void;
  /** Starts again what ended meanwhile. */
  resume(name?: ProcessName, index?: number): void;
  /** Resolves when all are ready, or those of a name. @throws after `withinMs`, naming who is not and why. */
  ready(withinMs?: number, name?: ProcessName): Promise<void>;
  /**
   * Ends all: gateways first, then the subgraphs, each by SIGTERM, and by SIGKILL when it does not drain in time. May be
   * called twice.
   * @returns how each ended, by title.
   */
  stop(): Promise<Readonly<Record<string, ProcessExit | null>>>;
}

/** Where in its folder a system keeps what runs, for the next start. */
export function runFolderOf(folder: string): string {
  return join(folder, 'processes');
}

interface Running extends Awaited {
  readonly planned: PlannedProcess;
}

const READY_WITHIN_MS = 180_000;
const PATIENCE_MS = 10_000;
const DEFAULT_DRAIN_SECONDS = 30;

/**
 * Starts every process and resolves when all are ready. What an earlier supervisor on this folder left running is ended
 * first.
 * @throws when a living process uses the folder, when a port is taken, when a process ends with an error before it is
 * ready (with its words), and when one is not ready in time. Nothing is left running then.
 */
export async function startDistributed(options: DistributedOptions): Promise<Distributed> {
  const { folder, log } = options;
  const runFolder = runFolderOf(folder);
  mkdirSync(runFolder, { recursive: true });
  const claim = claimDataFolder(runFolder, folder, `The distributed system in ${folder}`);
  const register = openProcessRegister(runFolder);
  const running: Running[] = [];
  const note = (): void =>
    register.write(running.map(({ title, supervised }) => ({ title, pid: supervised.pid })));
  let stopped: ReturnType<Distributed['stop']> | null = null;
  const stop = (): ReturnType<Distributed['stop']> => {
    stopped ??= stopInOrder(running, options.stopPatienceMs ?? PATIENCE_MS).finally(() => {
      register.clear();
      claim.release();
    });
    return stopped;
  };
  try {
    const left = await register.endLeftovers(options.leftoverPatienceMs ?? PATIENCE_MS);
    if (left.length > 0) log.warn(`ended what an earlier run had left: ${left.join(', ')}`);
    const planned = await planProcesses(options.variables, options.instances);
    const variables = addressVariables(planned, options.variables);
    for (const each of planned) running.push(prepare(each, variables, options, note));
    for (const { supervised } of running) supervised.start();
    await awaitReady(running, {
      withinMs: options.readyWithinMs ?? READY_WITHIN_MS,
      endIsFailure: true,
      signal: options.signal,
    });
    return handle(running, variables, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function prepare(
  planned: PlannedProcess,
  shared: Readonly<Record<string, string>>,
  options: DistributedOptions,
  onChange: () => void,
): Running {
  const { folder, log, entry, execArgv, variablesOf } = options;
  const { name, index, port } = planned;
  const title = `${name}-${index + 1}`;
  const variables = { ...shared, [portVariable(name)]: String(port), ...variablesOf?.(planned) };
  const supervised = createSupervised({
    title,
    args: [
      '--require',
      join(__dirname, 'endWithSupervisor.js'),
      ...(execArgv?.(planned) ?? []),
      entry?.(planned) ?? mainOf(name),
    ],
    variables,
    logFile: join(folder, 'logs', `${title}.log`),
    log,
    onChange,
  });
  return { planned, title, url: planned.url, variables, supervised };
}

function handle(
  running: readonly Running[],
  variables: Readonly<Record<string, string>>,
  stop: Distributed['stop'],
): Distributed {
  const selected = (name?: ProcessName, index?: number): readonly Running[] =>
    running.filter(
      ({ planned }) =>
        (name === undefined || planned.name === name) && (index === undefined || planned.index === index),
    );
  return {
    variables,
    endpoints: selected('gateway').map(({ planned }) => `${planned.url}/graphql`),
    get processes() {
      return running.map(({ planned, supervised }) => ({
        ...planned,
        pid: supervised.pid,
        exits: supervised.exits,
        logFile: supervised.logFile,
      }));
    },
    async kill(name, index, signal) {
      const [found] = selected(name, index);
      return found ? await found.supervised.kill(signal) : false;
    },
    pause: (name, index) => selected(name, index).forEach(({ supervised }) => supervised.pause()),
    resume: (name, index) => selected(name, index).forEach(({ supervised }) => supervised.resume()),
    ready: (withinMs = READY_WITHIN_MS, name) =>
      awaitReady(selected(name), { withinMs, endIsFailure: false }),
    stop,
  };
}

async function stopInOrder(
  running: readonly Running[],
  patienceMs: number,
): Promise<Readonly<Record<string, ProcessExit | null>>> {
  const exits: Record<string, ProcessExit | null> = {};
  const isGateway = ({ planned }: Running): boolean => planned.name === 'gateway';
  for (const group of [running.filter(isGateway), running.filter((each) => !isGateway(each))]) {
    await Promise.all(
      group.map(async ({ title, variables, supervised }) => {
        const drainSeconds = Number(variables['FOYER_DRAIN_SECONDS'] ?? DEFAULT_DRAIN_SECONDS);
        exits[title] = await supervised.stop(drainSeconds * 1000 + patienceMs);
      }),
    );
  }
  return exits;
}
