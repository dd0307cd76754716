/**
 * Makes a reader that asks at most once in a while: what it got is given again until it is `keepMs` old, and calls
 * that come while it asks, however long that takes, share the one answer. A failure is not kept.
 */
export function recently<Value>(read: () => Promise<Value> | Value, keepMs: number): () => Promise<Value> {
  let latest: { readonly value: Promise<Value>; until: number } | null = null;
  return () => {
    if (latest && performance.now() < latest.until) return latest.value;
    const asked = { value: Promise.resolve().then(read), until: Infinity };
    latest = asked;
    asked.value.then(
      () => (asked.until = performance.now() + keepMs),
      () => (asked.until = 0),
    );
    return asked.value;
  };
}
