import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program of ours in an operating system's process of its own. */
export interface Program {
  readonly pid: number;
  /** What it has logged so far. */
  readonly log: string;
  /** Waits until it logs this. @throws Error with the log when it ends before, or takes more than a minute. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits until it answers requests. @returns its address. */
  answers(): Promise<string>;
  /** Its exit status; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Sends a signal. @returns its exit status once it has ended. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const PATIENCE_MS = 60_000;

/** Starts a program. @param file compiled JavaScript. @param variables its whole environment, besides PATH. */
export function spawnProgram(file: string, variables: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(child, 'close').then(([status]) => status as number | null);

  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    const ended = exited.then((status) => {
      throw new Error(`the program ended with ${status} before it said ${String(pattern)}:\n${log}`);
    });
    ended.catch(() => undefined);
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const match = pattern.exec(log);
      if (match) return match;
      if (performance.now() > until) throw new Error(`${String(pattern)} was not said:\n${log}`);
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), ended]);
    }
  };
  return {
    pid: child.pid ?? 0,
    get log() {
      return log;
    },
    said,
    async answers() {
      const [, url = ''] = await said(/"url":"([^"]+)","msg":"\w+ answers"/);
      return url;
    },
    exited,
    end(signal) {
      child.kill(signal);
      return exited;
    },
  };
}
