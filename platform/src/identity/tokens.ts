import jwt, { type JwtPayload } from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/clock.js';
import { newId } from '../values/newId.js';
import type { Keyring } from './keyring.js';
import type { KeySet } from './keySet.js';

/** One kind of token. None is accepted for another: issuer, audience and `typ` all differ, and so do the keys. */
export interface TokenKind {
  readonly issuer: string;
  readonly audience: string;
  /** The `typ` header (RFC 8725 §3.11). */
  readonly type: string;
}

/** Why a token was not accepted. */
export type TokenFault = 'EXPIRED' | 'INVALID';

/** A token was not accepted. */
export class TokenRejected extends Error {
  override readonly name = 'TokenRejected';

  constructor(
    readonly fault: TokenFault,
    reason: string,
  ) {
    super(reason);
  }
}

/** Signs tokens of a kind. */
export interface TokenSigner {
  /**
   * @param claims with `sub` and what else the kind carries.
   * @param lifetimeSeconds from now to `exp`.
   */
  sign(claims: Readonly<Record<string, unknown>>, lifetimeSeconds: number): Promise<string>;
}

/** A signer with the keys of a keyring: ES256 (RFC 7518 §3.4). */
export function createTokenSigner(kind: TokenKind, keyring: Keyring, clock: Clock): TokenSigner {
  return {
    async sign(claims, lifetimeSeconds) {
      const { kid, privateKey } = await keyring.signingKey();
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      return jwt.sign(
        {
          jti: newId(),
          ...claims,
          iss: kind.issuer,
          aud: kind.audience,
          iat: issuedAt,
          exp: issuedAt + lifetimeSeconds,
        },
        privateKey,
        { algorithm: 'ES256', header: { alg: 'ES256', typ: kind.type, kid } },
      );
    },
  };
}

/** Verifies tokens of a kind. */
export interface TokenVerifier {
  /** @returns the claims. @throws TokenRejected for anything but a valid, living token of this kind. */
  verify(token: string): Promise<JwtPayload>;
}

/** The longest token that is looked at, in characters. */
const MAXIMUM_LENGTH = 4096;

/** A verifier with an issuer's key set. What was verified is kept until its `exp`. */
export function createTokenVerifier(kind: TokenKind, keys: KeySet, clock: Clock): TokenVerifier {
  const verified = new LRUCache<string, JwtPayload>({ max: 10_000 });
  return {
    async verify(token) {
      const now = Math.floor(clock.now().getTime() / 1000);
      const known = verified.get(token);
      if (known) {
        if ((known.exp ?? 0) > now) return known;
        throw new TokenRejected('EXPIRED', 'the token has expired');
      }
      if (token.length > MAXIMUM_LENGTH) throw new TokenRejected('INVALID', 'the token is too long');
      const header = jwt.decode(token, { complete: true })?.header;
      if (!header?.kid || header.alg !== 'ES256' || header.typ !== kind.type) {
        throw new TokenRejected('INVALID', `not an ES256 token of type ${kind.type}`);
      }
      const key = await keys.find(header.kid);
      if (!key) throw new TokenRejected('INVALID', 'signed with an unknown key');
      try {
        const claims = jwt.verify(token, key, {
          algorithms: ['ES256'],
          issuer: kind.issuer,
          audience: kind.audience,
          clockTimestamp: now,
        });
        if (typeof claims === 'string' || claims.exp === undefined) {
          throw new TokenRejected('INVALID', 'a token without expiry');
        }
        verified.set(token, claims);
        return claims;
      } catch (error) {
        if (error instanceof TokenRejected) throw error;
        const expired = error instanceof jwt.TokenExpiredError;
        throw new TokenRejected(expired ? 'EXPIRED' : 'INVALID', (error as Error).message);
      }
    },
  };
}
