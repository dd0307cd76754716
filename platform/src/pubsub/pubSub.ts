/** What a subscriber of a channel hears. */
export interface ChannelListener {
  /** A message, as published (JSON text). */
  onMessage(message: string): void;
  /** Messages may have been missed: read the present value again. */
  onResume(): void;
}

/** The port: carries "this changed" to whoever listens now. Nothing is kept; truth lives in the store. */
export interface PubSub {
  publish(channel: string, message: string): void;
  /** Attached when it returns. @returns detaches. */
  subscribe(channel: string, listener: ChannelListener): () => void;
}

/** The embedded adapter: within this process. */
export function createMemoryPubSub(): PubSub {
  const channels = new Map<string, Set<ChannelListener>>();
  return {
    publish(channel, message) {
      for (const listener of channels.get(channel) ?? []) listener.onMessage(message);
    },
    subscribe(channel, listener) {
      const listeners = channels.get(channel) ?? new Set();
      listeners.add(listener);
      channels.set(channel, listeners);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) channels.delete(channel);
      };
    },
  };
}
