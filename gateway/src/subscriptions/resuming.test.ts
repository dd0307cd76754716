import { SubgraphUnavailable } from '@foyer/platform';
import { resuming } from './resuming.js';

/** A source that gives these values and then is lost. */
function losing(values: readonly number[]): AsyncIterator<number> & { returned: boolean } {
  const left = [...values];
  return {
    returned: false,
    next() {
      const value = left.shift();
      return value === undefined
        ? Promise.reject(new SubgraphUnavailable('it', 'lost'))
        : Promise.resolve({ done: false, value });
    },
    return() {
      this.returned = true;
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}

describe('resuming', () => {
  const { signal } = new AbortController();

  test('opens a lost source again, as often as it gives something in between', async () => {
    const sources = [losing([1]), losing([2]), losing([]), losing([3])];
    const values = resuming({
      open: () => Promise.resolve(sources.shift() ?? losing([])),
      delaysMs: [1, 1],
      signal,
    });
    for (const value of [1, 2, 3]) expect(await values.next()).toEqual({ done: false, value });
    await expect(values.next()).rejects.toBeInstanceOf(SubgraphUnavailable);
  });

  test('does not wait for one that gave nothing', async () => {
    let opened = 0;
    const values = resuming({
      open: () => {
        opened += 1;
        return Promise.reject(new SubgraphUnavailable('it', 'down'));
      },
      delaysMs: [1, 1, 1],
      signal,
    });
    await expect(values.next()).rejects.toBeInstanceOf(SubgraphUnavailable);
    expect(opened).toBe(1);
  });

  test('another failure than a loss is final', async () => {
    const values = resuming({ open: () => Promise.reject(new Error('ours')), delaysMs: [1], signal });
    await expect(values.next()).rejects.toThrow('ours');
  });

  test('when nobody wants it any more the wait ends, and what opens late is closed', async () => {
    const ended = new AbortController();
    const waiting = resuming({
      open: () => Promise.resolve(losing([1])),
      delaysMs: [3_600_000],
      signal: ended.signal,
    });
    await waiting.next();
    const next = waiting.next();
    ended.abort();
    expect((await next).done).toBe(true);

    const late = losing([1]);
    const opening = new AbortController();
    let opened = (_source: AsyncIterator<number>): void => undefined;
    const values = resuming({
      open: () => new Promise<AsyncIterator<number>>((resolve) => (opened = resolve)),
      delaysMs: [],
      signal: opening.signal,
    });
    const first = values.next();
    opening.abort();
    opened(late);
    expect((await first).done).toBe(true);
    expect(late.returned).toBe(true);
  });

  test('a source that ends, ends', async () => {
    const source: AsyncIterator<number> = { next: () => Promise.resolve({ done: true, value: undefined }) };
    const values = resuming({ open: () => Promise.resolve(source), delaysMs: [1], signal });
    expect((await values.next()).done).toBe(true);
  });
});
