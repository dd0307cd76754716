import { invariant } from '../assert/invariant.js';
import { generateKeyPair } from '../identity/generateKeyPair.js';
import type { Keyring, KeyPurpose } from '../identity/keyring.js';
import { newId } from '../values/newId.js';

/** A keyring in memory, for tests that need no database. */
export function createTestKeyring(purpose: KeyPurpose): Keyring {
  const make = () => {
    const kid = newId();
    return { kid, ...generateKeyPair(purpose, kid) };
  };
  const keys = [make()];
  return {
    purpose,
    signingKey: () => Promise.resolve(keys.at(-1) ?? make()),
    signingKeyOf(kid) {
      const key = kid === null ? keys[0] : keys.find((each) => each.kid === kid);
      invariant(key, `no key ${String(kid)}`);
      return Promise.resolve(key);
    },
    jwks: () => Promise.resolve({ keys: keys.map(({ jwk }) => jwk) }),
    rotate() {
      const next = make();
      keys.push(next);
      return Promise.resolve(next.kid);
    },
  };
}
