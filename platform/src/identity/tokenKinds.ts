import type { SubgraphName } from './identity.js';
import type { TokenKind } from './tokens.js';

/** A person's access token (RFC 9068): from users, for the gateway. */
export const ACCESS_TOKEN: TokenKind = { issuer: 'foyer:users', audience: 'foyer:gateway', type: 'at+jwt' };

/** A place at the front of the line: from the waiting room, for orders, which spends it. */
export const ADMISSION_TOKEN: TokenKind = {
  issuer: 'foyer:waitroom',
  audience: 'foyer:orders',
  type: 'foyer-admission+jwt',
};

/** A ticket's code: from orders, for whoever stands at the door. */
export const TICKET_TOKEN: TokenKind = {
  issuer: 'foyer:orders',
  audience: 'foyer:door',
  type: 'foyer-ticket+jwt',
};

/** Who vouches for callers: the gateway for people and guests, a subgraph for itself. */
export type IdentityIssuer = 'gateway' | SubgraphName;

/** The identity a subgraph is shown: from the gateway or another subgraph, for that one subgraph. */
export function identityToken(issuer: IdentityIssuer, audience: SubgraphName): TokenKind {
  return { issuer: `foyer:${issuer}`, audience: `foyer:${audience}`, type: 'foyer-identity+jwt' };
}
