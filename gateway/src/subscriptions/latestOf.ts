/**
 * Reads a source as fast as it gives, and hands on its values as fast as they are taken: while a slow consumer is busy
 * only the latest value waits, and earlier ones are dropped. `return()` reaches the source at once, also while a value is
 * awaited. A failure of the source is thrown after what waits.
 */
export function latestOf<Value>(source: AsyncIterator<Value>): AsyncIterableIterator<Value> {
  let waiting: { readonly value: Value } | null = null;
  let end: { readonly error: Error | null } | null = null;
  let wake: (() => void) | null = null;
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    try {
      for (;;) {
        const result = await source.next();
        if (end) return;
        if (result.done === true) break;
        waiting = { value: result.value };
        wake?.();
      }
      end = { error: null };
    } catch (error) {
      end ??= { error: error instanceof Error ? error : new Error(String(error)) };
    } finally {
      wake?.();
    }
  };
  return {
    async next() {
      reading ??= read();
      for (;;) {
        if (waiting) {
          const { value } = waiting;
          waiting = null;
          return { done: false, value };
        }
        if (end) {
          const { error } = end;
          end = { error: null };
          if (error) throw error;
          return { done: true, value: undefined };
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async return() {
      end = { error: null };
      waiting = null;
      wake?.();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
