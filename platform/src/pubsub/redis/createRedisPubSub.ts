import type { Log } from '../../log/createLog.js';
import type { RedisConnections } from '../../redis/openRedis.js';
import { newId } from '../../values/newId.js';
import type { ChannelListener, PubSub } from '../pubSub.js';
import { createRedisPublisher } from './createRedisPublisher.js';
import { createRedisSubscriber } from './createRedisSubscriber.js';
import { resumeListeners } from './resumeListeners.js';
import { EVERYTHING, readMessage, writeMessage } from './wireMessage.js';

/**
 * The distributed adapter. Messages reach listeners of this process directly, those of others through Redis. Whenever
 * messages may have been missed, because the connection of a publisher or of a listener was broken, listeners hear
 * `onResume`; so too when a channel's subscription first stands.
 */
export function createRedisPubSub(
  { link, prefix }: Pick<RedisConnections, 'link' | 'prefix'>,
  log: Log,
): PubSub {
  const from = newId();
  const channels = new Map<string, Set<ChannelListener>>();
  const nameOf = (channel: string): string => `${prefix}channel:${channel}`;
  const channelOf = (name: string): string => name.slice(nameOf('').length);
  const everything = `${prefix}${EVERYTHING}`;
  /** Nobody waits for what comes from Redis: a listener that throws must not end the process. */
  const report = (error: unknown): void => {
    log.error({ err: error }, 'a listener of a channel failed');
  };
  const resume = (names: readonly string[]): void => {
    const listeners = names.includes(everything) ? [...channels.values()] : names.flatMap(listenersOf);
    resumeListeners(listeners).catch(report);
  };
  function listenersOf(name: string): Set<ChannelListener>[] {
    const listeners = channels.get(channelOf(name));
    return listeners ? [listeners] : [];
  }

  const publisher = createRedisPublisher({
    link,
    everything,
    gapMessage: writeMessage({ from, message: null }),
  });
  const subscriber = createRedisSubscriber({
    link,
    channels: [everything],
    // A new connection stands for this channel first, and then for the others: each is told once.
    onStanding: (names) => resume(names.filter((name) => name !== everything)),
    onMessage(name, text) {
      const { from: sender, message } = readMessage(text);
      if (sender === from) return;
      if (message === null) {
        resume([name]);
        return;
      }
      for (const listener of listenersOf(name).flatMap((listeners) => [...listeners])) {
        try {
          listener.onMessage(message);
        } catch (error) {
          report(error);
        }
      }
    },
  });
  return {
    publish(channel, message) {
      for (const listener of channels.get(channel) ?? []) listener.onMessage(message);
      publisher.publish(nameOf(channel), writeMessage({ from, message }));
    },
    subscribe(channel, listener) {
      const listeners = channels.get(channel) ?? new Set();
      listeners.add(listener);
      if (!channels.has(channel)) {
        channels.set(channel, listeners);
        subscriber.add(nameOf(channel));
      }
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return;
        channels.delete(channel);
        subscriber.remove(nameOf(channel));
      };
    },
  };
}
