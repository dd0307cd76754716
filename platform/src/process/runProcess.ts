import { ConfigurationError, Environment } from '../config/environment.js';
import type { Entrance } from '../entrance/openEntrance.js';
import { describeError } from '../health/describeError.js';
import { isOutage } from '../health/isOutage.js';
import { createLog, type Log } from '../log/createLog.js';
import type { ProcessTls } from '../tls/readTls.js';
import { forEverybody } from '../tls/serverTls.js';
import type { ProcessName } from './addresses.js';
import type { Dependency } from './dependency.js';
import { onStopSignal } from './onStopSignal.js';
import { openOwnEntrance } from './openOwnEntrance.js';
import { noteProblem, readProcessSettings } from './readProcessSettings.js';
import { waitForDependency } from './waitForDependency.js';

/** What a process has from its first moment. */
export interface ProcessBase {
  readonly environment: Environment;
  readonly log: Log;
  readonly tls: ProcessTls;
}

/** A process that is made and does nothing yet. */
export interface PreparedProcess {
  /** What must answer before it is started. */
  readonly dependencies: readonly Dependency[];
  /** Joins what takes long to join; may be left half-way when the process is stopped. */
  connect(): Promise<void>;
  /** Begins its work. */
  start(): Promise<void>;
  /** Answers at the port. */
  serve(entrance: Entrance): Promise<void>;
  /** Finishes what is in hand, and ends. Called once, also when it was never started. */
  stop(): Promise<void>;
}

/** How a process is made. */
export interface ProcessOptions {
  readonly name: ProcessName;
  /**
   * Makes it. Reads the whole configuration, and asks no engine that it could not do without. Called again when an engine
   * goes away during the start.
   * @throws ConfigurationError
   */
  readonly prepare: (base: ProcessBase) => Promise<PreparedProcess>;
  /** Whether everybody may ask it: then it demands no certificates, and does not say what is wrong with a dependency. */
  readonly open: boolean;
}

/** Requests are still taken for so long after the process was told to stop: clients learn to go elsewhere. */
const LINGER_MS = 3000;

/**
 * Runs a process: configured by the environment, at `FOYER_HOST` and its port. It listens at once, waits for engines that
 * are absent, and says at `/health/ready` which they are. SIGTERM and SIGINT end it with status 0 once everything in hand
 * is finished, with 1 when that takes longer than `FOYER_DRAIN_SECONDS`. A start that can't succeed ends it with status 1
 * and a message that names what to change.
 */
export async function runProcess({ name, prepare, open }: ProcessOptions): Promise<void> {
  const log = createLog(`foyer-${name}`);
  const stopping = new AbortController();
  const absent = new Map<string, string>();
  let entrance: Entrance | null = null;
  let prepared: PreparedProcess | null = null;
  let starting: Promise<void> | null = null;

  const stop = async (): Promise<void> => {
    log.info('stopping: what is in hand is finished');
    stopping.abort(new Error('the process is being stopped'));
    // Before its start a process has nothing in hand, and what it waits for may never come.
    if (!starting) return;
    await starting.catch(() => undefined);
    await entrance?.close(LINGER_MS);
    await prepared?.stop();
    log.info('stopped');
  };

  /** Waits for the engines, then starts. @throws what waiting for engines does not heal. */
  const begin = async (base: ProcessBase, first: PreparedProcess): Promise<PreparedProcess> => {
    for (let candidate = first; ; candidate = await prepare(base)) {
      const { signal } = stopping;
      await Promise.all(
        candidate.dependencies.map((dependency) =>
          waitForDependency(dependency, {
            signal,
            log,
            onAbsent: (reason) => absent.set(dependency.name, reason),
          }).then(() => absent.delete(dependency.name)),
        ),
      );
      try {
        await candidate.connect();
        signal.throwIfAborted();
        prepared = candidate;
        starting = candidate.start();
        await starting;
        return candidate;
      } catch (error) {
        if (signal.aborted || !isOutage(error)) throw error;
        log.warn({ err: error }, `an engine went away while ${name} was starting; it begins again`);
        starting = null;
        prepared = null;
        await candidate.stop().catch(() => undefined);
      }
    }
  };

  try {
    const environment = new Environment();
    environment.noteProblems();
    const settings = readProcessSettings(environment, name);
    const base: ProcessBase = { environment, log, tls: settings.tls };
    onStopSignal(stop, log, settings.drainMs);
    const first = await noteProblem(environment, () => prepare(base));
    environment.throwProblems();
    if (!first) return;
    const server = open ? forEverybody(base.tls.server) : base.tls.server;
    entrance = await openOwnEntrance(name, { ...settings, server }, () => ({
      ready: false,
      dependencies:
        absent.size === 0
          ? { process: 'is starting' }
          : Object.fromEntries([...absent].map(([what, why]) => [what, open ? 'down' : why])),
    }));
    log.info({ url: entrance.url }, `${name} listens`);
    const running = await begin(base, first);
    if (stopping.signal.aborted) return;
    await running.serve(entrance);
    log.info({ url: entrance.url }, `${name} answers`);
  } catch (error) {
    if (stopping.signal.aborted) return;
    if (error instanceof ConfigurationError) log.fatal(`${name} can’t start: ${describeError(error)}`);
    else log.fatal({ err: error }, `${name} can’t start: ${describeError(error)}`);
    process.exit(1);
  }
}
