import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { askReady } from './askReady.js';
import type { Supervised } from './createSupervised.js';

/** A process that is waited for. */
export interface Awaited {
  readonly title: string;
  readonly url: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly supervised: Supervised;
}

/** How long they are waited for. */
export interface AwaitOptions {
  /** Milliseconds. */
  readonly withinMs: number;
  /** Whether one that ends with an error means that the system can not run; else it is started again, and waited for. */
  readonly endIsFailure: boolean;
  /** Gives up. */
  readonly signal?: AbortSignal | undefined;
}

const ASK_EVERY_MS = 200;

/** Resolves when all are ready. @throws naming the first that is not, and what it says of it. */
export async function awaitReady(
  processes: readonly Awaited[],
  { withinMs, endIsFailure, signal }: AwaitOptions,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  let failed = false;
  const awaitOne = async ({ title, url, variables, supervised }: Awaited): Promise<void> => {
    const authorities = variables['FOYER_TLS_CA'];
    const tls = authorities ? { ca: readFileSync(authorities) } : {};
    while (!failed) {
      signal?.throwIfAborted();
      const { ready, detail } = await askReady(url, tls);
      if (ready && supervised.pid !== null) return;
      if (endIsFailure && supervised.exits.some(({ code }) => code !== 0 && code !== null)) {
        throw new Error(`${title} could not start: ${supervised.complaint()}`);
      }
      if (performance.now() > deadline) {
        throw new Error(
          `${title} is not ready after ${withinMs / 1000} s: ${detail}; see ${supervised.logFile}`,
        );
      }
      await delay(ASK_EVERY_MS);
    }
  };
  try {
    await Promise.all(processes.map(awaitOne));
  } finally {
    failed = true;
  }
}
