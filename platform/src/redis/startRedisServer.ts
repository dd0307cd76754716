import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../postgres/freePort.js';
import { isAlive, waitForEnd } from '../postgres/processes.js';
import { stopLeftoverServer } from './stopLeftoverServer.js';

/** How to start a Redis server of our own. */
export interface RedisServerOptions {
  /** Made when it is not there; holds the server's log and process id. One server per folder. */
  readonly folder: string;
  /** Default: a free one. */
  readonly port?: number;
  /** More arguments of `redis-server`, for example `--requirepass`, `secret`. */
  readonly args?: readonly string[];
  /** A configuration file; a Sentinel can't do without. */
  readonly configFile?: string;
}

/** A Redis server on 127.0.0.1 that keeps nothing on disk: what it holds is gone when it stops. */
export interface RedisServer {
  /** `redis://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Of the server that runs, or ran last. */
  readonly pid: number;
  /** Ends it cleanly. */
  stop(): Promise<void>;
  /** Ends it by SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again after `stop` or `kill`, on the same port. */
  start(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const STARTED = /Ready to accept connections|Sentinel ID is/;

/**
 * The shell between us and the server ends it when our end of its input closes, however we end: no server is left
 * behind by a test that was killed. It says the server's process id first.
 */
const KEEPER =
  'log=$1; shift; "$@" </dev/null >"$log" 2>&1 & server=$!; echo $server; cat >/dev/null; kill $server 2>&1';

/**
 * Starts `redis-server` on 127.0.0.1. It runs in a session of its own, so that Ctrl-C in the terminal reaches us alone,
 * and ends with us. @throws with the words of its log when it does not start.
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  await mkdir(options.folder, { recursive: true });
  const folder = await realpath(options.folder);
  const pidFile = join(folder, 'redis.pid');
  const logFile = join(folder, 'redis.log');
  await stopLeftoverServer(folder, pidFile);
  const port = options.port ?? (await findFreePort());
  let pid = 0;
  let keeper: ChildProcess | null = null;

  /** The keeper of a server that is gone ends too. */
  const letGo = (): void => {
    keeper?.stdin?.end();
    keeper = null;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (isAlive(pid)) {
      process.kill(pid, signal);
      if (!(await waitForEnd(pid, STOP_TIMEOUT_MS))) process.kill(pid, 'SIGKILL');
    }
    letGo();
  };
  const start = async (): Promise<void> => {
    if (keeper && isAlive(pid)) return;
    letGo();
    const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', daemonize: 'no' };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    // The words of an earlier start are none of this one.
    await rm(logFile, { force: true });
    keeper = spawn(
      'sh',
      [
        ...['-c', KEEPER, 'sh', logFile, 'redis-server'],
        ...(options.configFile === undefined ? [] : [options.configFile]),
        ...args,
        ...(options.args ?? []),
      ],
      { cwd: folder, detached: true, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    keeper.unref();
    pid = await pidSaidBy(keeper);
    await writeFile(pidFile, String(pid));
    await untilStarted(logFile, pid).catch(async (error: unknown) => {
      await end('SIGKILL');
      throw error;
    });
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return pid;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
  };
}

async function pidSaidBy(keeper: ChildProcess): Promise<number> {
  for await (const chunk of keeper.stdout ?? []) {
    return Number.parseInt(String(chunk), 10);
  }
  throw new Error('redis-server could not be started');
}

async function untilStarted(logFile: string, pid: number): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    // Asked before it is read: a server that is gone has said its last word.
    const alive = isAlive(pid);
    const said = await readFile(logFile, 'utf8').catch(() => '');
    if (STARTED.test(said)) return;
    if (!alive || performance.now() > deadline) throw new Error(`Redis did not start:\n${said.trim()}`);
    await delay(10);
  }
}
