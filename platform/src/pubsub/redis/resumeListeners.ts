import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChannelListener } from '../pubSub.js';

/** Listeners told in one turn of the event loop: each reads its present value again. */
const AT_ONCE = 100;

/** Tells listeners that they may have missed messages. One that has detached meanwhile hears nothing. */
export async function resumeListeners(channels: readonly ReadonlySet<ChannelListener>[]): Promise<void> {
  const told = channels.flatMap((listeners) => [...listeners].map((listener) => ({ listeners, listener })));
  for (const [index, { listeners, listener }] of told.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await nextTurn();
    if (listeners.has(listener)) listener.onResume();
  }
}
