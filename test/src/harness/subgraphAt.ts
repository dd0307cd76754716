import {
  createHttpTransport,
  fetchJwks,
  type Subgraph,
  type SubgraphName,
  type SubgraphTransport,
} from '@foyer/platform';

/** A subgraph that runs elsewhere, in one process or several: calls go to them in turn. It is somebody else's to start. */
export function subgraphAt(name: SubgraphName, urls: readonly string[]): Subgraph {
  const transports = urls.map((url) => createHttpTransport({ subgraph: name, url: `${url}/graphql` }));
  let turn = 0;
  const next = (): SubgraphTransport => {
    turn = (turn + 1) % transports.length;
    return transports[turn] as SubgraphTransport;
  };
  const close = async (): Promise<void> => {
    await Promise.all(transports.map((transport) => transport.close()));
  };
  return {
    name,
    transport: {
      execute: (request) => next().execute(request),
      subscribe: (request) => next().subscribe(request),
      close: () => Promise.resolve(),
    },
    jwks: () => fetchJwks(urls[0] ?? ''),
    start: () => Promise.resolve(),
    listen: () => Promise.resolve(urls[0] ?? ''),
    health: () => Promise.resolve({ ready: true, dependencies: {} }),
    stop: close,
  };
}
