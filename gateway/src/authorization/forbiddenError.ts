import type { Identity } from '@foyer/platform';
import { GraphQLError } from 'graphql';

/**
 * The error for a field that the caller may not have: `UNAUTHENTICATED` when signing in might help, else `FORBIDDEN`.
 * @param coordinate `Query.me`
 */
export function forbiddenError(
  coordinate: string,
  path: readonly (string | number)[],
  identity: Identity,
): GraphQLError {
  if (identity.kind === 'guest') {
    return new GraphQLError(`Sign in to use ${coordinate}.`, {
      path,
      extensions: { code: 'UNAUTHENTICATED', reason: 'SIGN_IN_NEEDED' },
    });
  }
  return new GraphQLError(`You may not use ${coordinate}.`, { path, extensions: { code: 'FORBIDDEN' } });
}
