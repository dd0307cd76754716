import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, statSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnJava } from './java.js';
import { endProcess } from './endProcess.js';

const START_TIMEOUT_MS = 120_000;
const LOG_ROTATION_BYTES = 5_000_000;
const STARTED = 'Kafka Server started';

/** Waits for its standard input to end, which our end brings about, however it comes; then ends the broker. */
const WATCH = 'read -r _; kill "$1" 2>/dev/null; sleep 10; kill -9 "$1" 2>/dev/null';

/**
 * Starts Kafka and gives its process once it serves. It runs in a session of its own, so that Ctrl-C in the
 * terminal reaches us alone and we can drain before it stops; when we die, a small shell ends it.
 *
 * @param onSpawned called once the process is there, before it serves
 * @throws with what it wrote to its log when it does not start.
 */
export async function startBrokerProcess(
  settingsFile: string,
  logFile: string,
  onSpawned: (pid: number) => void,
): Promise<ChildProcess> {
  if ((sizeOf(logFile) ?? 0) > LOG_ROTATION_BYTES) await rename(logFile, `${logFile}.1`);
  const logStart = sizeOf(logFile) ?? 0;
  const log = openSync(logFile, 'a', 0o600);
  const child = spawnJava('kafka.Kafka', [settingsFile], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  if (child.pid === undefined) throw (await once(child, 'error'))[0] as Error;
  endWithUs(child, child.pid);
  onSpawned(child.pid);
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const said = (await readFile(logFile)).subarray(logStart).toString();
    if (said.includes(STARTED)) return child;
    if (hasEnded(child) || performance.now() > deadline) {
      await endProcess(child.pid, ['SIGKILL']);
      throw new Error(`Kafka did not start:\n${said.trim().split('\n').slice(-30).join('\n')}`);
    }
    await delay(20);
  }
}

/** Whether it is over; the id of an ended process may already be another's. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function endWithUs(child: ChildProcess, pid: number): void {
  const watch = spawn('sh', ['-c', WATCH, 'watch', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('exit', () => watch.kill('SIGKILL'));
  // Neither keeps this process from ending.
  watch.unref();
  (watch.stdin as unknown as { unref(): void }).unref();
  child.unref();
}

function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}
