import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphName } from '../identity/identity.js';
import type { IdentitySigner } from '../identity/identityTokens.js';
import { SubgraphUnavailable, type SubgraphTransport } from '../transport/subgraphTransport.js';

/** Asks another subgraph's service-only operations, in its own name. */
export interface ServiceClient {
  /**
   * @returns the answer's data.
   * @throws SubgraphUnavailable when there is no answer, or one with errors: whether it was done is not known, so ask
   * again under the same id.
   */
  request<Data>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    requestId: string,
  ): Promise<Data>;
}

/** A client of one subgraph for another. */
export function createServiceClient(options: {
  readonly from: SubgraphName;
  readonly to: SubgraphName;
  readonly transport: SubgraphTransport;
  readonly signer: IdentitySigner;
}): ServiceClient {
  const { from, to, transport, signer } = options;
  return {
    async request<Data>(query: string, variables: Readonly<Record<string, unknown>>, requestId: string) {
      const identity = await signer.sign({ kind: 'service', service: from }, to);
      const { data, errors } = await transport.execute({ query, variables, identity, requestId });
      if (errors?.length) throw new SubgraphUnavailable(to, errors.map(describe).join('; '));
      return data as Data;
    },
  };
}

function describe(error: Pick<GraphQLFormattedError, 'message' | 'extensions'>): string {
  const code = error.extensions?.['code'];
  return typeof code === 'string' ? `${code}: ${error.message}` : error.message;
}
