import {
  createHttpTransport,
  createMetrics,
  createSealer,
  createSubgraphContext,
  Environment,
  fetchJwks,
  noteProblem,
  openPorts,
  postgresDependency,
  readSecret,
  subgraphTimeout,
  systemClock,
  urlsOf,
  type PreparedProcess,
  type ProcessBase,
  type Subgraph,
  type SubgraphContext,
  type SubgraphName,
  type SubgraphTransport,
} from '@foyer/platform';
import type { EventBus } from '../bus/eventBus.js';
import type { PendingMigrations } from './pendingMigrations.js';
import { prepareBus } from './prepareBus.js';

/** What a subgraph is made from. */
export interface SubgraphParts {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
}

/** Makes a subgraph, and asks nobody for anything yet. */
export type SubgraphFactory = (parts: SubgraphParts) => Promise<Subgraph>;

/** How a subgraph's process is made. */
export interface SubgraphProcessOptions {
  readonly name: SubgraphName;
  readonly create: SubgraphFactory;
  readonly pendingMigrations: PendingMigrations;
}

/**
 * Makes a subgraph with everything around it: ports, bus, the ways to other subgraphs and to their keys.
 * @throws ConfigurationError for a variable that can't be used.
 */
export async function prepareSubgraph(
  { environment, log, tls }: ProcessBase,
  { name, create, pendingMigrations }: SubgraphProcessOptions,
): Promise<PreparedProcess> {
  const variable = `${name.toUpperCase()}_DATABASE_URL`;
  const databaseUrl = environment.postgresUrl(variable);
  const sealer = createSealer(readSecret(environment));
  const { bus, dependency } = prepareBus(environment, log, pendingMigrations);
  const timeoutMs = subgraphTimeout(environment);
  const transports = new Map<SubgraphName, SubgraphTransport>();
  const transportTo = (subgraph: SubgraphName): SubgraphTransport => {
    let transport = transports.get(subgraph);
    if (!transport) {
      const urls = urlsOf(environment, subgraph).map((url) => `${url}/graphql`);
      transport = createHttpTransport({ subgraph, urls, timeoutMs, tls: tls.client });
      transports.set(subgraph, transport);
    }
    return transport;
  };
  const metrics = createMetrics({ ofProcess: true });
  const ports =
    (await noteProblem(environment, () => openPorts(environment, log, metrics))) ??
    (await openPorts(new Environment({}), log, metrics));
  const subgraph = await create({
    bus,
    databaseUrl,
    context: createSubgraphContext({
      name,
      environment,
      log,
      clock: systemClock,
      sealer,
      rateLimiter: ports.rateLimiter,
      pubsub: ports.pubsub,
      portChecks: ports.healthChecks,
      metrics,
      fetchKeys: (issuer) => fetchJwks(urlsOf(environment, issuer), tls.client),
      transportTo,
    }),
  });
  return {
    dependencies: [
      postgresDependency({
        name: 'database',
        variable,
        url: databaseUrl,
        pendingMigrations: (client) => pendingMigrations(client, name),
      }),
      dependency,
    ],
    connect: () => bus.open(),
    start: () => subgraph.start(),
    serve: (entrance) => subgraph.serve(entrance),
    async stop() {
      await subgraph.stop();
      await bus.close();
      await ports.close();
      for (const transport of transports.values()) await transport.close();
    },
  };
}
