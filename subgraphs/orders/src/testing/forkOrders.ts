import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Identity } from '@foyer/platform';
import type { ProcessOptions, ProcessRequest } from './ordersProcess.js';

/** Orders in a process of the operating system, which may be killed. */
export interface OrdersProcess {
  /** Resolves with the signal or code that it ended with. */
  readonly ended: Promise<string>;
  /** Has it end itself at a commit: `before PLACE.HOLD`. */
  killAt(place: string): Promise<void>;
  /** @throws when it ends before it answers. */
  ask<Data>(as: Identity, query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
  kill(): Promise<void>;
}

type Message =
  | { readonly ready: true }
  | { readonly armed: string }
  | { readonly id: number; readonly result: { readonly data?: unknown; readonly errors?: unknown } };

/** Starts a process; resolves when it answers. */
export async function forkOrders(options: ProcessOptions): Promise<OrdersProcess> {
  const child: ChildProcess = fork(join(__dirname, 'ordersProcess.js'), [JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<string, { resolve: (message: Message) => void; reject: (error: Error) => void }>();
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error('the process has ended'));
      waiting.clear();
      resolve(signal ?? String(code));
    });
  });
  child.on('message', (message: Message) => {
    const key = 'id' in message ? String(message.id) : 'armed' in message ? 'armed' : 'ready';
    waiting.get(key)?.resolve(message);
    waiting.delete(key);
  });
  const expectMessage = (key: string): Promise<Message> =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null || child.signalCode !== null) reject(new Error('the process has ended'));
      else waiting.set(key, { resolve, reject });
    });
  const send = (request: ProcessRequest): void => {
    // A process that has just died is told by its exit.
    child.send(request, () => undefined);
  };
  let requests = 0;
  await expectMessage('ready');
  return {
    ended,
    async killAt(place) {
      const armed = expectMessage('armed');
      send({ killAt: place });
      await armed;
    },
    async ask<Data>(as: Identity, query: string, variables: Readonly<Record<string, unknown>>) {
      const id = (requests += 1);
      const answer = expectMessage(String(id));
      send({ id, as, query, variables });
      const message = await answer;
      if (!('result' in message)) throw new Error('an answer without a result');
      if (message.result.errors) throw new Error(JSON.stringify(message.result.errors));
      return message.result.data as Data;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
