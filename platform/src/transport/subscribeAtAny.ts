import type { ExecutionResult } from 'graphql';
import { endWith } from './endWith.js';
import type { HttpInstance } from './createHttpInstance.js';
import { InstanceFailure } from './instanceFailure.js';
import { SubgraphUnavailable, type SubgraphRequest } from './subgraphTransport.js';

/**
 * Begins a subscription at the first instance that answers. Once it has given a value it stays there, and ends with it:
 * whoever wants it taken up again shows an identity that is still good.
 * @param instances in the order in which to try them.
 * @throws SubgraphUnavailable from `next()` when none answers, or the connection is lost.
 */
export function subscribeAtAny(
  subgraph: string,
  instances: readonly Pick<HttpInstance, 'subscribe'>[],
  request: SubgraphRequest,
): AsyncIterableIterator<ExecutionResult> {
  const untried = [...instances];
  let source = untried.shift()?.subscribe(request);
  let begun = false;
  let ended = false;
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      while (source && !ended) {
        try {
          const result = await source.next();
          begun = true;
          return result;
        } catch (error) {
          if (!(error instanceof InstanceFailure)) throw error;
          const next = begun || ended ? undefined : untried.shift();
          if (!next) throw new SubgraphUnavailable(subgraph, error.message);
          source = next.subscribe(request);
        }
      }
      return { done: true, value: undefined };
    },
    async return() {
      ended = true;
      await source?.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return results;
    },
  };
  return endWith(request.signal, results);
}
