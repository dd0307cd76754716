import type { RequestContext } from '@foyer/platform';
import { GraphQLError } from 'graphql';

/** Address of a person or guest, for limits. @throws GraphQLError `FORBIDDEN` for services. */
export function callerAddress({ identity }: RequestContext): string {
  if (identity.kind !== 'service') return identity.address;
  throw new GraphQLError('Only people may do this.', { extensions: { code: 'FORBIDDEN' } });
}
