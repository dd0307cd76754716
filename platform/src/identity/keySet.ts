import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../clock/clock.js';

/** A public key as published (RFC 7517): P-256 for ES256, Ed25519 for EdDSA (RFC 8037). */
export interface PublicJwk extends JsonWebKey {
  readonly kid: string;
  readonly alg: 'ES256' | 'EdDSA';
  readonly use: 'sig';
}

/** A published key set (RFC 7517 §5). */
export interface Jwks {
  readonly keys: readonly PublicJwk[];
}

/** Finds the public key a token names. */
export interface KeySet {
  /** @returns null when the issuer has no such key. @throws when the key set can't be had and the key is not known. */
  find(kid: string): Promise<KeyObject | null>;
}

const REFRESH_MS = 5 * 60_000;
const UNKNOWN_MS = 60_000;

/**
 * An issuer's key set, fetched ahead and kept: refreshed every five minutes, and for an unknown `kid` at once but at
 * most once a minute, so that made-up ids make no traffic. A failed refresh keeps what is known.
 * @param fetchKeys gets the issuer's current set, over HTTP or in-process.
 */
export function createKeySet(fetchKeys: () => Promise<Jwks>, clock: Clock): KeySet {
  let keys = new Map<string, KeyObject>();
  let fetchedAt = -Infinity;
  let attemptedAt = -Infinity;
  let fetching: Promise<void> | null = null;

  const fetchOnce = async (): Promise<void> => {
    attemptedAt = clock.now().getTime();
    const published = await fetchKeys();
    keys = new Map(published.keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
    fetchedAt = attemptedAt;
  };
  const refresh = (): Promise<void> => {
    // Forgotten from outside: a fetch that throws at once has ended before it could be remembered, and would stay.
    fetching ??= fetchOnce().finally(() => {
      fetching = null;
    });
    return fetching;
  };
  return {
    async find(kid) {
      const now = clock.now().getTime();
      const known = keys.get(kid);
      if (known) {
        if (now - fetchedAt > REFRESH_MS && now - attemptedAt > UNKNOWN_MS) refresh().catch(() => undefined);
        return known;
      }
      // The very first fetch may fail because the issuer starts after us: then asking again at once is right.
      if (fetching || fetchedAt === -Infinity || now - attemptedAt > UNKNOWN_MS) await refresh();
      return keys.get(kid) ?? null;
    },
  };
}
