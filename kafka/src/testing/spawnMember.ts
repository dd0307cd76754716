import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Topic } from '../event/topics.js';

/** What a member process does. */
export interface MemberTask {
  readonly group: string;
  readonly topic: Topic;
  /** Whether it never finishes its first batch. */
  readonly hang: boolean;
}

/** A member of a consumer group in an operating system's process of its own. */
export interface MemberProcess {
  readonly joined: Promise<void>;
  /** Resolves when it has been given its first batch. */
  readonly tookBatch: Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a member that finds the log by its environment. */
export function spawnMember(environment: Readonly<Record<string, string>>, task: MemberTask): MemberProcess {
  const child = spawn(process.execPath, [join(__dirname, 'memberProcess.js'), JSON.stringify(task)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const heard = (word: string): Promise<void> =>
    new Promise((resolve, reject) => {
      lines.on('line', (line) => {
        if (line === word) resolve();
      });
      void exited.then(() => {
        reject(new Error(`the member process ended before it said "${word}"`));
      });
    });
  const joined = heard('joined');
  const tookBatch = heard('took');
  // Not every test waits for both.
  joined.catch(() => undefined);
  tookBatch.catch(() => undefined);
  return {
    joined,
    tookBatch,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
