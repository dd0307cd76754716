import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Log } from '@foyer/platform';
import { closeProcessLog, openProcessLog, readComplaint } from './processLog.js';

/** How a process ended. */
export interface ProcessExit {
  /** The exit status; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that is started again when it ends. */
export interface Supervised {
  /** Of the process that runs now; null between two. */
  readonly pid: number | null;
  /** How each process that was has ended, in order. */
  readonly exits: readonly ProcessExit[];
  /** Where it writes what it says. */
  readonly logFile: string;
  /** Starts it. */
  start(): void;
  /**
   * Sends a signal. Resolves when the process has ended; at once for signals that end nothing (SIGSTOP, SIGCONT).
   * @returns false when there was no process to send it to.
   */
  kill(signal: NodeJS.Signals): Promise<boolean>;
  /** From now on a process that ends is not started again. */
  pause(): void;
  /** Starts what ended meanwhile, and again whatever ends from now on. */
  resume(): void;
  /** What the last process complained of, for people. */
  complaint(): string;
  /** SIGTERM, and SIGKILL when that does not end it in time; it is not started again. @returns how it ended. */
  stop(patienceMs: number): Promise<ProcessExit | null>;
}

/** What is run, and how. */
export interface SupervisedOptions {
  /** For messages: `orders-2`. */
  readonly title: string;
  /** Arguments of Node: flags, then the file. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly log: Log;
  /** Told of every process that starts or ends. */
  readonly onChange: () => void;
}

/** Waits before a restart: longer each time, as long as no process lives for `STEADY_MS`. */
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
const STEADY_MS = 10_000;

const ENDS_NOTHING: readonly NodeJS.Signals[] = ['SIGSTOP', 'SIGCONT'];

/** Makes a supervised program; nothing runs before `start`. */
export function createSupervised(options: SupervisedOptions): Supervised {
  const { title, args, variables, logFile, log, onChange } = options;
  const exits: ProcessExit[] = [];
  let child: ChildProcess | null = null;
  let offset = 0;
  let delayMs = FIRST_DELAY_MS;
  let timer: NodeJS.Timeout | null = null;
  let paused = false;
  let stopped = false;

  function start(): void {
    timer = null;
    const output = openProcessLog(logFile);
    ({ offset } = output);
    const startedAt = performance.now();
    const started = spawn(process.execPath, args, {
      env: variables,
      // A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops things in order. The
      // channel tells it when the supervisor is gone; its output goes to a file, which outlives a supervisor's pipe.
      detached: true,
      stdio: ['ignore', output.descriptor, output.descriptor, 'ipc'],
    });
    closeProcessLog(output.descriptor);
    child = started;
    started.once('exit', (code, signal) => {
      child = null;
      exits.push({ code, signal });
      if (performance.now() - startedAt > STEADY_MS) delayMs = FIRST_DELAY_MS;
      if (!stopped && !paused) restartLater(`ended with ${signal ?? `status ${String(code)}`}`);
      onChange();
    });
    started.once('error', (error) => {
      log.error({ err: error }, `${title}: ${error.message}`);
      // Where the system gave no process, none will end.
      if (started.pid !== undefined) return;
      child = null;
      if (!stopped && !paused) restartLater('could not be started');
    });
    onChange();
  }

  function restartLater(why: string): void {
    log.warn(`${title} ${why}; it is started again`);
    timer = setTimeout(start, delayMs);
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
  }

  async function kill(signal: NodeJS.Signals): Promise<boolean> {
    const killed = child;
    if (!killed) return false;
    const ended = once(killed, 'exit');
    killed.kill(signal);
    if (!ENDS_NOTHING.includes(signal)) await ended;
    return true;
  }

  return {
    get pid() {
      return child?.pid ?? null;
    },
    exits,
    logFile,
    start,
    kill,
    pause() {
      paused = true;
      if (timer) clearTimeout(timer);
      timer = null;
    },
    resume() {
      paused = false;
      if (!child && !timer && !stopped) start();
    },
    complaint: () => readComplaint(logFile, offset),
    async stop(patienceMs) {
      stopped = true;
      if (timer) clearTimeout(timer);
      if (!child) return exits.at(-1) ?? null;
      const late = setTimeout(() => {
        log.error(`${title} did not end within ${patienceMs / 1000} s of being asked to; it is killed`);
        child?.kill('SIGKILL');
      }, patienceMs);
      const ended = kill('SIGTERM');
      // One that is stopped (SIGSTOP) would not hear it.
      child.kill('SIGCONT');
      await ended;
      clearTimeout(late);
      return exits.at(-1) ?? null;
    },
  };
}
