/**
 * The port: keeps what can be had again. Never rejects: an outage is a miss, and what it keeps may be gone at any time.
 * Nothing that decides a purchase is read from it.
 */
export interface Cache {
  /** What was set, or null when it is not there (any more). */
  get(key: string): Promise<string | null>;
  /** @param options.ttlSeconds how long it may be given, in whole seconds, at least 1. */
  set(key: string, value: string, options: { readonly ttlSeconds: number }): Promise<void>;
  delete(...keys: readonly string[]): Promise<void>;
}
