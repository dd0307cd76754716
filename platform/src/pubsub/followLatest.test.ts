import { followLatest } from './followLatest.js';
import { createMemoryPubSub } from './pubSub.js';

interface Counter {
  readonly version: number;
}

function setUp(start = 1) {
  const pubsub = createMemoryPubSub();
  let version = start;
  let reads = 0;
  const read = (): Promise<Counter> => {
    reads += 1;
    return Promise.resolve({ version });
  };
  return {
    pubsub,
    read,
    get reads() {
      return reads;
    },
    change(to: number) {
      version = to;
      pubsub.publish('counter', '');
    },
  };
}

const options = { channel: 'counter', versionOf: ({ version }: Counter) => version };

describe('followLatest', () => {
  it('gives the present value first, then each change', async () => {
    const { change, ...source } = setUp();
    const values = followLatest({ ...options, ...source });
    expect((await values.next()).value).toEqual({ version: 1 });
    change(2);
    expect((await values.next()).value).toEqual({ version: 2 });
  });

  it('misses nothing that changes between attaching and reading', async () => {
    const source = setUp();
    const values = followLatest({ ...options, pubsub: source.pubsub, read: source.read });
    source.change(2);
    expect((await values.next()).value).toEqual({ version: 2 });
  });

  it('conflates a hundred changes to the latest', async () => {
    const source = setUp();
    const values = followLatest({ ...options, pubsub: source.pubsub, read: source.read });
    await values.next();
    for (let version = 2; version <= 101; version += 1) source.change(version);
    expect((await values.next()).value).toEqual({ version: 101 });
    expect(source.reads).toBe(2);
  });

  it('never goes back: an older or equal version is not sent', async () => {
    const source = setUp(5);
    const values = followLatest({ ...options, pubsub: source.pubsub, read: source.read });
    await values.next();
    source.change(4);
    const next = values.next();
    source.change(6);
    expect((await next).value).toEqual({ version: 6 });
  });

  it('keeps its least interval, and the latest value still arrives', async () => {
    const source = setUp();
    const values = followLatest({ ...options, pubsub: source.pubsub, read: source.read, minIntervalMs: 80 });
    await values.next();
    const begun = performance.now();
    source.change(2);
    source.change(3);
    expect((await values.next()).value).toEqual({ version: 3 });
    expect(performance.now() - begun).toBeGreaterThan(60);
  });

  it('ends at once and detaches when the consumer leaves while it waits', async () => {
    const source = setUp();
    let attached = 0;
    const pubsub: typeof source.pubsub = {
      ...source.pubsub,
      subscribe(channel, listener) {
        attached += 1;
        const detach = source.pubsub.subscribe(channel, listener);
        return () => {
          attached -= 1;
          detach();
        };
      },
    };
    const values = followLatest({ ...options, pubsub, read: source.read });
    await values.next();
    const waiting = values.next();
    await values.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(attached).toBe(0);
  });

  it('ends when the thing is gone, after the last value, and when reading fails', async () => {
    const gone = followLatest<Counter>({
      ...options,
      pubsub: createMemoryPubSub(),
      read: () => Promise.resolve(null),
    });
    expect((await gone.next()).done).toBe(true);
    const source = setUp();
    const last = followLatest({ ...options, pubsub: source.pubsub, read: source.read, isLast: () => true });
    expect((await last.next()).value).toEqual({ version: 1 });
    expect((await last.next()).done).toBe(true);
    const failing = followLatest<Counter>({
      ...options,
      pubsub: createMemoryPubSub(),
      read: () => Promise.reject(new Error('down')),
    });
    await expect(failing.next()).rejects.toThrow('down');
  });
});
