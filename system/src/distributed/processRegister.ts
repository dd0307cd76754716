import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf, waitForEnd } from '@foyer/platform';

/** A process that a supervisor has started. */
interface Registered {
  readonly title: string;
  readonly pid: number;
  /** Tells it from a later process with the same id. */
  readonly start: string | null;
}

/** Which processes a supervisor runs, on disk, for its successor. */
export interface ProcessRegister {
  /** Notes what runs now. */
  write(processes: readonly { readonly title: string; readonly pid: number | null }[]): void;
  /**
   * Ends what a killed supervisor left running: by SIGTERM, and by SIGKILL what has not ended in time.
   * @returns the titles of those that were there.
   */
  endLeftovers(patienceMs: number): Promise<readonly string[]>;
  /** Nothing runs any more. */
  clear(): void;
}

/** What is killed is gone, or can't be killed. */
const KILL_PATIENCE_MS = 30_000;

/** The register in a folder. */
export function openProcessRegister(folder: string): ProcessRegister {
  const file = join(folder, 'processes.json');
  return {
    write(processes) {
      const registered = processes.flatMap(({ title, pid }): Registered[] =>
        pid === null ? [] : [{ title, pid, start: startOf(pid) }],
      );
      writeFileSync(`${file}.new`, JSON.stringify(registered));
      renameSync(`${file}.new`, file);
    },
    async endLeftovers(patienceMs) {
      const left = read(file).filter(({ pid, start }) => isAlive(pid) && startOf(pid) === start);
      await Promise.all(left.map(({ pid }) => end(pid, patienceMs)));
      return left.map(({ title }) => title);
    },
    clear: () => rmSync(file, { force: true }),
  };
}

async function end(pid: number, patienceMs: number): Promise<void> {
  send(pid, 'SIGTERM');
  if (await waitForEnd(pid, patienceMs)) return;
  send(pid, 'SIGKILL');
  await waitForEnd(pid, KILL_PATIENCE_MS);
}

/** It may have ended meanwhile. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function read(file: string): readonly Registered[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Registered[];
  } catch {
    return [];
  }
}
