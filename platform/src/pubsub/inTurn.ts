/**
 * An iterator whose calls are answered one after the other, so that an impatient consumer can't overtake itself.
 * @param next the next value; what it throws ends the iteration.
 * @param finish leaves nothing behind; called when the consumer goes away, also while a value is awaited.
 */
export function inTurn<Value>(
  next: () => Promise<IteratorResult<Value>>,
  finish: () => void,
): AsyncIterableIterator<Value> {
  let queue: Promise<unknown> = Promise.resolve();
  return {
    next() {
      const answer = queue.then(next);
      queue = answer.catch(finish);
      return answer;
    },
    return() {
      finish();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error) {
      finish();
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
