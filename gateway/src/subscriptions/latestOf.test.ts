import { waitUntil } from '@foyer/platform/testing';
import { createTopic } from '../testing/topic.js';
import { latestOf } from './latestOf.js';

describe('latestOf', () => {
  test('hands on every value that is taken in time', async () => {
    const topic = createTopic<number>();
    const values = latestOf(topic.follow(() => true));
    for (const value of [1, 2, 3]) {
      const next = values.next();
      topic.publish(value);
      expect(await next).toEqual({ done: false, value });
    }
  });

  test('keeps only the latest for a consumer that is busy', async () => {
    let read = 0;
    const topic = createTopic<number>();
    const values = latestOf(
      topic.follow((value) => {
        read = value;
        return true;
      }),
    );
    const first = values.next();
    topic.publish(1);
    expect((await first).value).toBe(1);
    for (let value = 2; value <= 1000; value += 1) {
      topic.publish(value);
      await Promise.resolve();
    }
    await waitUntil(() => read === 1000);
    await new Promise(setImmediate);
    expect((await values.next()).value).toBe(1000);
    const after = values.next();
    topic.publish(1001);
    expect((await after).value).toBe(1001);
  });

  test('return ends a wait and the source', async () => {
    const topic = createTopic<number>();
    const values = latestOf(topic.follow(() => true));
    const next = values.next();
    await values.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(topic.followers).toBe(0);
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  test('a failure comes after what waits, and once', async () => {
    const source = (async function* () {
      yield await Promise.resolve(1);
      throw new Error('lost');
    })();
    const values = latestOf(source);
    expect((await values.next()).value).toBe(1);
    await expect(values.next()).rejects.toThrow('lost');
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  test('a source that ends, ends', async () => {
    const source = (async function* () {
      yield await Promise.resolve(1);
    })();
    const values = latestOf(source);
    expect((await values.next()).value).toBe(1);
    expect((await values.next()).done).toBe(true);
  });
});
