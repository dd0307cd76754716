import { GraphQLError, type ExecutionResult } from 'graphql';
import type { OperationRequest } from '../execution/createExecutor.js';
import type { Connection } from './connection.js';
import type { Subscriber } from './createSubscriber.js';

/** Begins a subscription and counts it as its connection's while it runs. @returns the errors when it can't be begun. */
export function begin(
  subscriber: Subscriber,
  request: OperationRequest,
  connection: Connection,
): AsyncIterableIterator<ExecutionResult> | readonly GraphQLError[] {
  const results = attempt(() => subscriber(request, connection));
  if (!('next' in results)) return results;
  connection.subscriptions += 1;
  let counted = true;
  const leave = (): void => {
    if (counted) connection.subscriptions -= 1;
    counted = false;
  };
  const counting: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      try {
        const result = await results.next();
        if (result.done === true) leave();
        return result;
      } catch (error) {
        leave();
        throw error;
      }
    },
    async return() {
      leave();
      await results.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return counting;
    },
  };
  return counting;
}

function attempt<Result>(work: () => Result): Result | readonly GraphQLError[] {
  try {
    return work();
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error })];
  }
}
