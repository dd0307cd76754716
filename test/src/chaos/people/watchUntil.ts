import { setTimeout as delay } from 'node:timers/promises';
import type { GoodClient } from './goodClient.js';

/** What is watched, and until when. */
export interface WatchOptions<Value> {
  readonly subscription: string;
  readonly variables: object;
  /** Reads it; null when it is not there. */
  readonly read: () => Promise<Value | null>;
  /** Told of every value that comes, by either way. */
  readonly onValue?: (value: Value) => void;
  readonly done: (value: Value) => boolean;
}

const POLL_MS = 1500;

/**
 * Watches something until it is as wanted: by its subscription, and by asking now and then, as a page does that does not
 * rely on its socket.
 * @throws what `read` throws.
 */
export async function watchUntil<Value>(client: GoodClient, options: WatchOptions<Value>): Promise<Value> {
  const { subscription, variables, read, onValue, done } = options;
  let found: { readonly value: Value } | null = null;
  let wake: () => void = () => undefined;
  const take = (value: Value): void => {
    onValue?.(value);
    if (found || !done(value)) return;
    found = { value };
    wake();
  };
  const stop = client.follow(subscription, variables, take);
  try {
    for (;;) {
      if (found) return (found as { readonly value: Value }).value;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, delay(POLL_MS)]);
      if (found) continue;
      const value = await read();
      if (value !== null) take(value);
    }
  } finally {
    stop();
  }
}
