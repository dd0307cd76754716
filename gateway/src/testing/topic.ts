/** Values that tests publish and subscriptions of made-up subgraphs follow. */
export interface Topic<Value> {
  publish(value: Value): void;
  /** The matching values from now on; nothing is dropped. */
  follow(matches: (value: Value) => boolean): AsyncIterableIterator<Value>;
  /** Followers that have not been returned. */
  readonly followers: number;
}

/** Makes a topic. */
export function createTopic<Value>(): Topic<Value> {
  const followers = new Set<(value: Value) => void>();
  return {
    get followers() {
      return followers.size;
    },
    publish(value) {
      for (const follower of followers) follower(value);
    },
    follow(matches) {
      const values: Value[] = [];
      let wake: (() => void) | null = null;
      let ended = false;
      const note = (value: Value): void => {
        if (matches(value)) values.push(value);
        wake?.();
      };
      followers.add(note);
      return {
        async next() {
          while (values.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
          const value = values.shift();
          return value === undefined || ended ? { done: true, value: undefined } : { done: false, value };
        },
        return() {
          ended = true;
          followers.delete(note);
          wake?.();
          return Promise.resolve({ done: true, value: undefined });
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
