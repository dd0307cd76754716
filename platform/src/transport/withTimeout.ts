import { SubgraphUnavailable } from './subgraphTransport.js';

/**
 * Waits for an answer no longer than the time-out and the caller's own signal.
 * @throws SubgraphUnavailable when time is over or the signal aborted.
 */
export async function withTimeout<T>(
  subgraph: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancel = (reason: string): void => {
    controller.abort(new SubgraphUnavailable(subgraph, reason));
  };
  const onAbort = (): void => {
    cancel('the caller gave up');
  };
  const timer = setTimeout(() => {
    cancel(`no answer within ${timeoutMs} ms`);
  }, timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const aborted = new Promise<never>((_, reject) => {
      const fail = (): void => {
        reject(controller.signal.reason as Error);
      };
      if (controller.signal.aborted) fail();
      else controller.signal.addEventListener('abort', fail, { once: true });
    });
    return await Promise.race([work(controller.signal), aborted]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
