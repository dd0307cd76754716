import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What goes wrong in the process, by the number of a `Counted` event. */
export interface SubgraphTask {
  /** Never ends handling it. */
  readonly hangOn?: number;
  /** The process ends in it, with exit status 9. */
  readonly dieOn?: number;
}

/** A subgraph in an operating system's process of its own. */
export interface SubgraphProcess {
  /** Resolves when it hangs. */
  readonly reached: Promise<void>;
  /** Its exit status; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a subgraph that records `Counted` events in its database and does what the task says. */
export function spawnSubgraph(databaseUrl: string, busUrl: string, task: SubgraphTask): SubgraphProcess {
  const child = spawn(process.execPath, [join(__dirname, 'subgraphProcess.js'), JSON.stringify(task)], {
    env: { ...process.env, NOTIFICATIONS_DATABASE_URL: databaseUrl, BUS_DATABASE_URL: busUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit').then(([status]) => status as number | null);
  const reached = once(createInterface({ input: child.stdout }), 'line').then(() => undefined);
  return {
    reached,
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
