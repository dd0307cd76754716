import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { KeyPurpose } from './keyring.js';
import type { PublicJwk } from './keySet.js';

/** A new key pair of the kind that its purpose signs with, and its public half as it is published. */
export function generateKeyPair(
  purpose: KeyPurpose,
  kid: string,
): { readonly privateKey: KeyObject; readonly jwk: PublicJwk } {
  const compact = purpose === 'ticket-code';
  const { privateKey, publicKey } = compact
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  return { privateKey, jwk: { ...jwk, kid, alg: compact ? 'EdDSA' : 'ES256', use: 'sig' } };
}
