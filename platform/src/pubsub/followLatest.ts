import { inTurn } from './inTurn.js';
import type { PubSub } from './pubSub.js';

/** How to follow one thing's present value. */
export interface FollowLatestOptions<Value> {
  readonly pubsub: PubSub;
  readonly channel: string;
  /** The present value from the store; null ends the stream (the thing is gone, or no longer the caller's). */
  readonly read: () => Promise<Value | null>;
  /** Rises with every change; a value not above the last one sent is not sent. */
  readonly versionOf: (value: Value) => number;
  /** Least time between two values in milliseconds; the latest always arrives. 0 sends each. */
  readonly minIntervalMs?: number | ((value: Value) => number);
  /** Ends the stream after this value. */
  readonly isLast?: (value: Value) => boolean;
}

/**
 * The present value, read after attaching, then every change, conflated to the latest. A message on the channel (its
 * content does not matter) makes it read again. `return()` detaches at once, also while a value is awaited: nothing
 * is left behind by a client that goes away.
 */
export function followLatest<Value>(options: FollowLatestOptions<Value>): AsyncIterableIterator<Value> {
  const { pubsub, channel, read, versionOf, isLast = () => false } = options;
  const intervalOf =
    typeof options.minIntervalMs === 'function'
      ? options.minIntervalMs
      : () => (options.minIntervalMs as number | undefined) ?? 0;
  let changed = true;
  let ended = false;
  let lastVersion = -Infinity;
  let readyAt = 0;
  let wake: (() => void) | null = null;
  let timer: NodeJS.Timeout | null = null;

  const note = (): void => {
    changed = true;
    wake?.();
  };
  const detach = pubsub.subscribe(channel, { onMessage: note, onResume: note });
  const finish = (): void => {
    if (ended) return;
    ended = true;
    detach();
    if (timer) clearTimeout(timer);
    wake?.();
  };
  const pause = async (milliseconds: number | null): Promise<void> => {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (milliseconds !== null) timer = setTimeout(resolve, milliseconds);
    });
    if (timer) clearTimeout(timer);
    timer = null;
    wake = null;
  };

  const next = async (): Promise<IteratorResult<Value>> => {
    while (!ended) {
      if (!changed) {
        await pause(null);
        continue;
      }
      const early = readyAt - performance.now();
      if (early > 0) {
        await pause(early);
        continue;
      }
      changed = false;
      const value = await read();
      if (ended) break;
      if (value === null) break;
      const version = versionOf(value);
      if (version <= lastVersion) continue;
      lastVersion = version;
      readyAt = performance.now() + intervalOf(value);
      if (isLast(value)) finish();
      return { done: false, value };
    }
    finish();
    return { done: true, value: undefined };
  };

  return inTurn(next, finish);
}
