import { generateKeyPairSync } from 'node:crypto';
import type { Keyring, KeyPurpose } from '../identity/keyring.js';
import type { PublicJwk } from '../identity/keySet.js';
import { newId } from '../values/newId.js';

/** A keyring in memory, for tests that need no database. */
export function createTestKeyring(purpose: KeyPurpose): Keyring {
  const make = () => {
    const kid = newId();
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } as PublicJwk;
    return { kid, privateKey, jwk };
  };
  const keys = [make()];
  return {
    purpose,
    signingKey: () => Promise.resolve(keys.at(-1) ?? make()),
    jwks: () => Promise.resolve({ keys: keys.map(({ jwk }) => jwk) }),
    rotate() {
      const next = make();
      keys.push(next);
      return Promise.resolve(next.kid);
    },
  };
}
