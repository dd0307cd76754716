import { Degraded, describeError, newId, type HealthCheck, type SubgraphTransport } from '@foyer/platform';
import type { SubgraphIdentitySigner } from '../execution/createSubgraphSource.js';

type Instance = NonNullable<SubgraphTransport['instances']>[number];

/**
 * Asks every instance of a subgraph the smallest question. As long as one answers, those that don't are no more than
 * `Degraded`; either way the message says which they are.
 */
export function subgraphCheck(
  name: string,
  transport: SubgraphTransport,
  signer: SubgraphIdentitySigner,
): HealthCheck {
  const instances = transport.instances ?? [{ name, execute: (request) => transport.execute(request) }];
  return async () => {
    const identity = await signer.sign({ kind: 'guest', address: '' }, name);
    const failures = await Promise.all(instances.map((instance) => failureOf(instance, identity)));
    const down = failures.filter((failure) => failure !== null);
    if (down.length === 0) return;
    const what = down.join('; ');
    throw down.length < instances.length
      ? new Degraded(`${down.length} of ${instances.length} down: ${what}`)
      : new Error(what);
  };
}

async function failureOf({ name, execute }: Instance, identity: string): Promise<string | null> {
  try {
    const { errors } = await execute({ query: '{__typename}', identity, requestId: newId() });
    return errors?.[0] ? `${name}: ${errors[0].message}` : null;
  } catch (error) {
    return `${name}: ${describeError(error)}`;
  }
}
