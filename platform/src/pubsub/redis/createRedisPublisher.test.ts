import type { Redis } from 'ioredis';
import type { LinkOptions } from '../../redis/createLink.js';
import { createRedisPublisher } from './createRedisPublisher.js';

/** A link whose connection comes and goes as the test says. */
function setUp() {
  let onUp: LinkOptions['onUp'] = () => Promise.resolve();
  let end: () => void = () => undefined;
  const sent: (readonly [string, string])[] = [];
  let fails = false;
  const connection = {
    publish(channel: string, text: string) {
      if (fails) return Promise.reject(new Error('gone'));
      sent.push([channel, text]);
      return Promise.resolve(1);
    },
    once: (_: 'end', listener: () => void) => (end = listener),
    disconnect: () => {
      end();
    },
  } as unknown as Redis;
  const { publish } = createRedisPublisher({
    link: (options) => {
      ({ onUp } = options);
      return { close: () => Promise.resolve() };
    },
    everything: 'everything',
    gapMessage: 'gap',
  });
  return {
    publish,
    sent,
    up: () => onUp(connection),
    down: () => {
      end();
    },
    setFailing: (failing: boolean) => (fails = failing),
  };
}

test('while there is no connection nothing is queued; which channels missed something is told afterwards', async () => {
  const { publish, up, down, sent } = setUp();
  publish('a', '1');
  publish('a', '2');
  publish('b', '1');
  await up();
  expect(sent.splice(0)).toEqual([
    ['a', 'gap'],
    ['b', 'gap'],
  ]);
  publish('a', '3');
  expect(sent.splice(0)).toEqual([['a', '3']]);
  down();
  publish('c', '1');
  expect(sent).toEqual([]);
  await up();
  expect(sent).toEqual([['c', 'gap']]);
});

test('however many channels miss something, what is remembered is bounded: in the end it is everything', async () => {
  const { publish, up, sent } = setUp();
  for (let index = 0; index < 100_000; index += 1) publish(`channel ${index}`, 'x');
  await up();
  expect(sent).toEqual([['everything', 'gap']]);
});

test('what a broken connection did not publish is told over the next, also when telling fails at first', async () => {
  const { publish, up, sent, setFailing } = setUp();
  await up();
  setFailing(true);
  publish('a', '1');
  await new Promise((resolve) => setImmediate(resolve));
  await expect(up()).rejects.toThrow('gone');
  setFailing(false);
  await up();
  expect(sent).toEqual([['a', 'gap']]);
});
