import { prepareBus, type PendingMigrations } from '@foyer/kafka';
import {
  createHttpTransport,
  createMetrics,
  createSealer,
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
} from '@foyer/platform';
import { openGatewayKeys } from './openGatewayKeys.js';
import { prepareGateway } from './prepareGateway.js';
import { readSupergraphFile } from './readSupergraphFile.js';
import { subgraphUrls } from './subgraphUrls.js';

/**
 * Makes the gateway of a process of its own, with its keys, its ports, the bus and the ways to the subgraphs.
 * @throws ConfigurationError for a variable that can't be used.
 */
export async function prepareGatewayProcess(
  { environment, log, tls }: ProcessBase,
  pendingMigrations: PendingMigrations,
): Promise<PreparedProcess> {
  const url = environment.postgresUrl('GATEWAY_DATABASE_URL');
  const keys = openGatewayKeys(environment, createSealer(readSecret(environment)), systemClock);
  const { bus, dependency } = prepareBus(environment, log, pendingMigrations);
  const supergraphSdl = readSupergraphFile(environment);
  const timeoutMs = subgraphTimeout(environment);
  const transports = Object.fromEntries(
    Object.entries(subgraphUrls(supergraphSdl, environment)).map(([subgraph, urls]) => [
      subgraph,
      createHttpTransport({ subgraph, urls, timeoutMs, tls: tls.client }),
    ]),
  );
  const metrics = createMetrics({ ofProcess: true });
  const ports =
    (await noteProblem(environment, () => openPorts(environment, log, metrics))) ??
    (await openPorts(new Environment({}), log, metrics));
  const { gateway, start, stop } = prepareGateway({
    environment,
    clock: systemClock,
    log,
    supergraphSdl,
    bus,
    keys,
    cache: ports.cache,
    rateLimiter: ports.rateLimiter,
    portChecks: ports.healthChecks,
    metrics,
    fetchAccessKeys: () => fetchJwks(urlsOf(environment, 'users'), tls.client),
    transports,
  });
  return {
    dependencies: [
      postgresDependency({
        name: 'keys',
        variable: 'GATEWAY_DATABASE_URL',
        url,
        pendingMigrations: (client) => pendingMigrations(client, 'gateway'),
      }),
      dependency,
    ],
    connect: () => bus.open(),
    start,
    serve: (entrance) => gateway.serve(entrance),
    async stop() {
      await stop();
      for (const transport of Object.values(transports)) await transport.close();
      await bus.close();
      await ports.close();
      await keys.close();
    },
  };
}
