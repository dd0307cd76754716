import type { Pool } from 'pg';
import type { Clock } from '../clock/clock.js';
import type { Keyring, KeyPurpose } from './keyring.js';
import type { Jwks, PublicJwk } from './keySet.js';

const RELOAD_MS = 60_000;

/** The public keys of a purpose that signs nothing any more: all that were ever made stay published. */
export function createRetiredKeys(purpose: KeyPurpose, pool: Pool, clock: Clock): Pick<Keyring, 'jwks'> {
  let loaded: Jwks = { keys: [] };
  let loadedAt = -Infinity;
  return {
    async jwks() {
      const now = clock.now().getTime();
      if (now - loadedAt < RELOAD_MS) return loaded;
      const { rows } = await pool.query<{ readonly public_jwk: PublicJwk }>(
        'select public_jwk from security.signing_key where purpose = $1 order by activates_at desc',
        [purpose],
      );
      loaded = { keys: rows.map(({ public_jwk }) => public_jwk) };
      loadedAt = now;
      return loaded;
    },
  };
}
