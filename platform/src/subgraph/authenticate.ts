import { GraphQLError, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { accessIdentity } from '../identity/accessIdentity.js';
import type { Identity } from '../identity/identity.js';
import type { IdentityVerifier } from '../identity/identityTokens.js';
import { TokenRejected, type TokenVerifier } from '../identity/tokens.js';

/** What a caller showed. */
export interface Credentials {
  /** The signed identity. */
  readonly identity: string | undefined;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** Address of the peer. */
  readonly address: string;
  readonly query: string;
}

/** Finds out who is calling a subgraph. @throws GraphQLError with `UNAUTHENTICATED` and status 401. */
export type Authenticate = (credentials: Credentials) => Promise<Identity>;

/**
 * A subgraph believes the gateway's and its fellow subgraphs' signed identity and nobody else. In development, on the
 * loopback interface only, it also takes `_service` without any (rover introspects so) and a person's access token while
 * its session lives.
 */
export function createAuthenticate(options: {
  readonly identities: IdentityVerifier;
  readonly accessTokens: TokenVerifier;
  /** As a subgraph's context says. */
  readonly sessionLives: (token: string) => Promise<boolean>;
  readonly development: boolean;
}): Authenticate {
  const { identities, accessTokens, sessionLives, development } = options;
  return async ({ identity, authorization, address, query }) => {
    try {
      if (identity !== undefined) return await identities.verify(identity);
      if (development && isLoopback(address)) {
        const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
        if (token !== undefined) {
          const person = accessIdentity(await accessTokens.verify(token), address);
          if (await sessionLives(token)) return person;
          throw new TokenRejected('INVALID', 'its session has ended');
        }
        if (asksOnlyForService(query)) return { kind: 'guest', address };
      }
    } catch (error) {
      if (!(error instanceof TokenRejected)) throw error;
      throw unauthenticated(`The identity shown can't be used: ${error.message}.`);
    }
    throw unauthenticated('This subgraph answers the gateway only: ask there.');
  };
}

function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** Whether a document asks for nothing but the federation `_service`. */
function asksOnlyForService(query: string): boolean {
  try {
    const operations = parse(query, { maxTokens: 100 }).definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    );
    return operations.every(({ selectionSet }) =>
      selectionSet.selections.every(
        (selection) =>
          selection.kind === Kind.FIELD && ['_service', '__typename'].includes(selection.name.value),
      ),
    );
  } catch {
    return false;
  }
}
