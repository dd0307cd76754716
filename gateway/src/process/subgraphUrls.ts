import { Supergraph } from '@apollo/federation-internals';
import { SUBGRAPH_NAMES, urlsOf, type Environment } from '@foyer/platform';

/**
 * Where the subgraphs of a supergraph are: the addresses of `<NAME>_URL`, separated by commas, with `/graphql` behind
 * each, else where a subgraph of this repository is by default, else the address that the supergraph itself gives.
 * @returns GraphQL addresses by subgraph. @throws ConfigurationError for a variable that is no URL.
 */
export function subgraphUrls(
  supergraphSdl: string,
  environment: Environment,
): Readonly<Record<string, readonly string[]>> {
  const options = { supportedFeatures: null, validateSupergraph: false };
  const subgraphs = Supergraph.build(supergraphSdl, options).subgraphsMetadata();
  return Object.fromEntries(
    subgraphs.map(({ name, url }) => {
      const ours = SUBGRAPH_NAMES.find((each) => each === name);
      const variable = `${name.toUpperCase().replaceAll('-', '_')}_URL`;
      const configured = environment.optional(variable) !== undefined;
      if (!configured && (!ours || environment.optional('GATEWAY_SUPERGRAPH') !== undefined)) {
        return [name, [url]];
      }
      const origins = ours ? urlsOf(environment, ours) : environment.urls(variable, url);
      return [name, origins.map((origin) => `${origin}/graphql`)];
    }),
  );
}
