import type { ExecutionResult } from 'graphql';

/** Maps what an iterator gives; `return()` reaches the source at once. */
export function mapResults(
  source: AsyncIterator<ExecutionResult>,
  map: (result: ExecutionResult) => ExecutionResult,
): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      const { done, value } = (await source.next()) as IteratorResult<ExecutionResult, undefined>;
      return done ? { done: true, value: undefined } : { done: false, value: map(value) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
