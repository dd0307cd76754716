import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createHttpTransport, newId, type Identity } from '@foyer/platform';
import type { Data } from './createTestWaitroom.js';

/** An operating system's process of the waiting room, reached over HTTP. */
export interface WaitroomProcess {
  readonly pid: number;
  /** @throws SubgraphUnavailable when there is no answer. */
  ask(as: Identity, query: string, variables: Data): Promise<Data>;
  /** SIGKILL; resolves when it is gone. May be called twice. */
  kill(): Promise<void>;
}

/** Starts a process; resolves when it serves. */
export async function startWaitroomProcess(databaseUrl: string, busUrl: string): Promise<WaitroomProcess> {
  const child = fork(join(__dirname, 'waitroomProcess.js'), [databaseUrl, busUrl], {
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const started = await Promise.race([once(child, 'message'), gone.then(() => null)]);
  if (!started) throw new Error('the process ended before it served');
  const [url] = started as [string];
  const transport = createHttpTransport({
    subgraph: 'waitroom',
    urls: [`${url}/graphql`],
    timeoutMs: 30_000,
  });
  let killed: Promise<void> | null = null;
  return {
    pid: child.pid ?? 0,
    async ask(as, query, variables) {
      const request = { query, variables, identity: JSON.stringify(as), requestId: newId() };
      const { data, errors } = await transport.execute(request);
      if (errors?.length) throw new Error(JSON.stringify(errors));
      return data as Data;
    },
    kill() {
      killed ??= (async () => {
        child.kill('SIGKILL');
        await gone;
        await transport.close();
      })();
      return killed;
    },
  };
}
