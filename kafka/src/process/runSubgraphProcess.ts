import {
  createHttpTransport,
  createLog,
  createMemoryPubSub,
  createMemoryRateLimiter,
  createSealer,
  createSubgraphContext,
  Environment,
  fetchJwks,
  hostOf,
  onStopSignal,
  portOf,
  systemClock,
  urlOf,
  type Subgraph,
  type SubgraphContext,
  type SubgraphName,
  type SubgraphTransport,
} from '@foyer/platform';
import { createBusFromEnvironment } from '../bus/createBusFromEnvironment.js';
import type { EventBus } from '../bus/eventBus.js';

/** What a subgraph is made from. */
export interface SubgraphParts {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
}

/**
 * Runs one subgraph as a process of its own, configured by the environment: `<NAME>_DATABASE_URL`, `BUS_DATABASE_URL`,
 * `FOYER_SECRET`, `<NAME>_PORT`, and `<OTHER>_URL` where the others are. Ends cleanly at SIGINT and SIGTERM; a start that
 * fails says why and ends with status 1.
 */
export async function runSubgraphProcess(
  name: SubgraphName,
  create: (parts: SubgraphParts) => Promise<Subgraph>,
): Promise<void> {
  const environment = new Environment();
  const log = createLog(`foyer-${name}`);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  onStopSignal(stop, log);
  try {
    const transports = new Map<SubgraphName, SubgraphTransport>();
    const transportTo = (subgraph: SubgraphName): SubgraphTransport => {
      let transport = transports.get(subgraph);
      if (!transport) {
        transport = createHttpTransport({ subgraph, url: `${urlOf(environment, subgraph)}/graphql` });
        transports.set(subgraph, transport);
      }
      return transport;
    };
    stops.push(async () => {
      for (const transport of transports.values()) await transport.close();
    });
    const bus = await createBusFromEnvironment(environment, log);
    stops.push(() => bus.close());
    const subgraph = await create({
      bus,
      databaseUrl: environment.text(`${name.toUpperCase()}_DATABASE_URL`),
      context: createSubgraphContext({
        name,
        environment,
        log,
        clock: systemClock,
        sealer: createSealer(environment.text('FOYER_SECRET')),
        rateLimiter: createMemoryRateLimiter(),
        pubsub: createMemoryPubSub(),
        fetchKeys: (issuer) => fetchJwks(urlOf(environment, issuer)),
        transportTo,
      }),
    });
    stops.push(() => subgraph.stop());
    await subgraph.start();
    const url = await subgraph.listen(hostOf(environment), portOf(environment, name));
    log.info({ url }, `${name} answers`);
  } catch (error) {
    log.fatal({ err: error }, `${name} could not start`);
    await stop().catch(() => undefined);
    process.exit(1);
  }
}
