/** An iterator, as far as it can be left. */
interface Leavable {
  return?(): unknown;
}

/**
 * Leaves an iterator when its caller goes, also one whose caller has gone before it was there: between asking for an
 * iterator and having it nobody else can. Every iterator that is waited for goes through here.
 * @param signal aborted when nobody wants the values any more.
 * @returns the iterator.
 */
export function endWith<Iterator extends Leavable>(
  signal: AbortSignal | undefined,
  iterator: Iterator,
): Iterator {
  const leave = async (): Promise<void> => {
    try {
      await iterator.return?.();
    } catch {
      // What fails while it ends has ended.
    }
  };
  if (signal?.aborted) void leave();
  else signal?.addEventListener('abort', () => void leave(), { once: true });
  return iterator;
}
