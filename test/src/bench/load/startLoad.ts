import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadOrder, LoadResult } from './loadOrder.js';

/** A process full of people. */
export interface Load {
  /** Has them do something; one thing at a time. @throws when the process ends. */
  run(order: LoadOrder): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** Starts the process. */
export function startLoad(): Load {
  const child = fork(join(__dirname, 'loadProcess.js'), { execArgv: [] });
  const exit = once(child, 'exit');
  return {
    async run(order) {
      const answer = once(child, 'message') as Promise<[LoadResult]>;
      child.send(order);
      const ended = exit.then(() => {
        throw new Error('the load process ended');
      });
      const [result] = await Promise.race([answer, ended]);
      return result;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}
