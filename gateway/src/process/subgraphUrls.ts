import { Supergraph } from '@apollo/federation-internals';
import type { Environment } from '@foyer/platform';

/**
 * Where the subgraphs of a supergraph are: the addresses of `<NAME>_URL`, separated by commas, with `/graphql` behind
 * each, else the address that the supergraph itself gives.
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
      const variable = `${name.toUpperCase().replaceAll('-', '_')}_URL`;
      return [
        name,
        environment.optional(variable) === undefined
          ? [url]
          : environment.urls(variable, url).map((each) => `${each}/graphql`),
      ];
    }),
  );
}
