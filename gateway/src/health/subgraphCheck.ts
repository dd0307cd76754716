import { newId, type HealthCheck, type SubgraphTransport } from '@foyer/platform';
import type { SubgraphIdentitySigner } from '../execution/createSubgraphSource.js';

/** Asks a subgraph the smallest question. */
export function subgraphCheck(
  name: string,
  transport: SubgraphTransport,
  signer: SubgraphIdentitySigner,
): HealthCheck {
  return async () => {
    const identity = await signer.sign({ kind: 'guest', address: '' }, name);
    const { errors } = await transport.execute({ query: '{__typename}', identity, requestId: newId() });
    if (errors?.[0]) throw new Error(errors[0].message);
  };
}
