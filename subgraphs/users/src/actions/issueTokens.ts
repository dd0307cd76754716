import { permissionsOf, type Role } from '@foyer/platform';
import type { Services } from '../services.js';

/** Tokens of a session. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

/** Signs an access token (RFC 9068) for a session, to be given with its refresh token. */
export async function issueTokens(
  { accessTokens, clock, configuration }: Services,
  account: { readonly id: string; readonly role: string },
  session: { readonly id: string; readonly expiresAt: Date },
  refreshToken: string,
): Promise<Tokens> {
  const role = account.role as Role;
  const claims = { sub: account.id, sid: session.id, roles: [role], scope: permissionsOf(role).join(' ') };
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  // No access token outlives its session.
  const left = Math.ceil(session.expiresAt.getTime() / 1000) - issuedAt;
  const seconds = Math.min(configuration.accessTokenSeconds, left);
  const accessToken = await accessTokens.sign(claims, seconds);
  return {
    accessToken,
    accessTokenExpiresAt: new Date((issuedAt + seconds) * 1000),
    refreshToken,
    refreshTokenExpiresAt: session.expiresAt,
  };
}
