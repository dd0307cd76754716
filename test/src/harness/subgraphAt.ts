import {
  createHttpTransport,
  fetchJwks,
  subgraphTimeout,
  type Environment,
  type Subgraph,
  type SubgraphName,
} from '@foyer/platform';

/** A subgraph that runs elsewhere, in one process or several. It is somebody else's to start. */
export function subgraphAt(name: SubgraphName, urls: readonly string[], environment: Environment): Subgraph {
  const transport = createHttpTransport({
    subgraph: name,
    urls: urls.map((url) => `${url}/graphql`),
    timeoutMs: subgraphTimeout(environment),
  });
  return {
    name,
    transport: { ...transport, close: () => Promise.resolve() },
    jwks: () => fetchJwks(urls),
    start: () => Promise.resolve(),
    serve: () => Promise.resolve(),
    listen: () => Promise.resolve(urls[0] ?? ''),
    health: () => Promise.resolve({ ready: true, dependencies: {} }),
    stop: () => transport.close(),
  };
}
