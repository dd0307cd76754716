import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/clock.js';
import type { Identity, SubgraphName } from './identity.js';
import type { Keyring } from './keyring.js';
import type { KeySet } from './keySet.js';
import { identityToken, type IdentityIssuer } from './tokenKinds.js';
import {
  createTokenSigner,
  createTokenVerifier,
  TokenRejected,
  type TokenSigner,
  type TokenVerifier,
} from './tokens.js';

const LIFETIME_SECONDS = 60;
const REUSE_MS = 30_000;

/** Signs who is asking, for one subgraph at a time. */
export interface IdentitySigner {
  sign(identity: Identity, audience: SubgraphName): Promise<string>;
}

/**
 * Signs identities for 60 s. The same identity shown to the same subgraph within 30 s is signed once: ES256 would
 * otherwise cost more than many a request.
 */
export function createIdentitySigner(issuer: IdentityIssuer, keyring: Keyring, clock: Clock): IdentitySigner {
  const signers = new Map<SubgraphName, TokenSigner>();
  const signed = new LRUCache<string, { readonly token: Promise<string>; readonly at: number }>({
    max: 20_000,
  });
  return {
    sign(identity, audience) {
      const key = `${audience} ${JSON.stringify(identity)}`;
      const now = clock.now().getTime();
      const known = signed.get(key);
      if (known && now - known.at < REUSE_MS) return known.token;
      let signer = signers.get(audience);
      if (!signer) {
        signer = createTokenSigner(identityToken(issuer, audience), keyring, clock);
        signers.set(audience, signer);
      }
      const token = signer.sign({ identity }, LIFETIME_SECONDS);
      signed.set(key, { token, at: now });
      token.catch(() => signed.delete(key));
      return token;
    },
  };
}

/** Reads who is asking. */
export interface IdentityVerifier {
  /** @throws TokenRejected for anything but a living identity signed for this subgraph by somebody trusted. */
  verify(token: string): Promise<Identity>;
}

/**
 * Verifies identities shown to one subgraph. The gateway vouches for people and guests only, a subgraph for itself only.
 * @param issuers key sets of those who are trusted.
 */
export function createIdentityVerifier(
  audience: SubgraphName,
  issuers: Readonly<Partial<Record<IdentityIssuer, KeySet>>>,
  clock: Clock,
): IdentityVerifier {
  const verifiers = new Map<string, [IdentityIssuer, TokenVerifier]>();
  for (const [name, keys] of Object.entries(issuers) as [IdentityIssuer, KeySet][]) {
    const kind = identityToken(name, audience);
    verifiers.set(kind.issuer, [name, createTokenVerifier(kind, keys, clock)]);
  }
  return {
    async verify(token) {
      const named = verifiers.get(issuerOf(token));
      if (!named) throw new TokenRejected('INVALID', 'an issuer that is not trusted');
      const [issuer, verifier] = named;
      const { identity } = (await verifier.verify(token)) as { identity?: Identity };
      const vouched =
        issuer === 'gateway'
          ? identity?.kind === 'user' || identity?.kind === 'guest'
          : identity?.kind === 'service' && identity.service === issuer;
      if (!identity || !vouched) throw new TokenRejected('INVALID', `${issuer} can't vouch for this`);
      return identity;
    },
  };
}

/** The unverified `iss` of a token, only to choose whose keys must verify it. */
function issuerOf(token: string): string {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      iss?: unknown;
    };
    return typeof payload.iss === 'string' ? payload.iss : '';
  } catch {
    return '';
  }
}
