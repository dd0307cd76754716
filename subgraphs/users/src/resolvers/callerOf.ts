import type { RequestContext } from '@foyer/platform';
import { GraphQLError } from 'graphql';
import type { Client } from '../domain/client.js';

/** Where a person or guest asks from. @throws GraphQLError `FORBIDDEN` for services. */
export function callerOf({ identity }: RequestContext): Client {
  if (identity.kind !== 'service') return { address: identity.address, agent: identity.agent ?? null };
  throw new GraphQLError('Only people may do this.', { extensions: { code: 'FORBIDDEN' } });
}
