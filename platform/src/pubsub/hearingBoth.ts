import type { PubSub } from './pubSub.js';

/**
 * One pub/sub of two: what is published goes to the first; who subscribes hears both. For what a process learns by
 * itself, in another way, and every other process does too: it need not travel.
 */
export function hearingBoth(shared: PubSub, local: PubSub): PubSub {
  return {
    publish: (channel, message) => shared.publish(channel, message),
    subscribe(channel, listener) {
      const detach = [shared.subscribe(channel, listener), local.subscribe(channel, listener)];
      return () => {
        for (const each of detach) each();
      };
    },
  };
}
