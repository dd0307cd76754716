import { setTimeout as delay } from 'node:timers/promises';
import { endWith, SubgraphUnavailable } from '@foyer/platform';

/** How a lost source is taken up again. */
export interface ResumeOptions<Value> {
  /** Begins the source anew: what it gives first is the present value. @throws SubgraphUnavailable */
  readonly open: () => Promise<AsyncIterator<Value>>;
  /** Times to wait before each attempt in a row, in milliseconds, about; after the last the loss is final. */
  readonly delaysMs: readonly number[];
  /** Aborted when nobody wants the values any more. */
  readonly signal: AbortSignal;
}

/**
 * A source that is opened again when it is lost. One that gave nothing yet is not: then the client learns at once that it
 * can't be had.
 * @throws SubgraphUnavailable from `next()` when it can't be had, or not again.
 */
export function resuming<Value>({ open, delaysMs, signal }: ResumeOptions<Value>): AsyncIterator<Value> {
  let source: AsyncIterator<Value> | null = null;
  let begun = false;
  let failures = 0;
  return {
    async next() {
      while (!signal.aborted) {
        try {
          source ??= endWith(signal, await open());
          if (signal.aborted) break;
          const result = await source.next();
          begun = true;
          failures = 0;
          return result;
        } catch (error) {
          source = null;
          const wait = delaysMs[failures];
          if (!(error instanceof SubgraphUnavailable) || !begun || wait === undefined) throw error;
          failures += 1;
          // Everybody lost it at the same time and should not come back at the same time.
          await delay(wait * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
        }
      }
      return { done: true, value: undefined };
    },
    async return() {
      await source?.return?.();
      return { done: true, value: undefined };
    },
  };
}
