import { createCatalog } from '@foyer/catalog';
import { openGatewayKeys, startGateway } from '@foyer/gateway';
import { createInventory } from '@foyer/inventory';
import { createBusFromEnvironment, type SubgraphParts } from '@foyer/kafka';
import { createNotifications } from '@foyer/notifications';
import { createOrders } from '@foyer/orders';
import { createPayments } from '@foyer/payments';
import {
  createMetrics,
  createSealer,
  createSubgraphContext,
  hostOf,
  invariant,
  openPorts,
  portOf,
  readSecret,
  readTls,
  SUBGRAPH_NAMES,
  systemClock,
  type Environment,
  type Jwks,
  type Log,
  type ProcessName,
  type Subgraph,
  type SubgraphName,
  type SubgraphTransport,
} from '@foyer/platform';
import { databaseUrlVariable } from '@foyer/prisma';
import { readSupergraph } from '@foyer/schema';
import { createUsers } from '@foyer/users';
import { createWaitroom } from '@foyer/waitroom';

/** Makes a subgraph of what this process has. */
export type SubgraphFactory = (parts: SubgraphParts) => Promise<Subgraph>;

const FACTORIES: Readonly<Record<SubgraphName, SubgraphFactory>> = {
  users: createUsers,
  catalog: createCatalog,
  inventory: createInventory,
  orders: createOrders,
  payments: createPayments,
  notifications: createNotifications,
  waitroom: createWaitroom,
};

/** How to start the system. */
export interface SystemOptions {
  /** `<NAME>_DATABASE_URL` of every database (migrated), `FOYER_SECRET`, ports and tunables. */
  readonly environment: Environment;
  readonly log: Log;
  /** Subgraphs made another way: running elsewhere, or observed by a test. */
  readonly factories?: Partial<Record<SubgraphName, SubgraphFactory>>;
}

/** The whole of Foyer in this process. */
export interface System {
  /** The one endpoint, `http://127.0.0.1:4000/graphql`. */
  readonly endpoint: string;
  /** Addresses by process, `http://127.0.0.1:4001`. */
  readonly addresses: Readonly<Record<ProcessName, string>>;
  /** The subgraphs themselves, for tests that stop one. */
  readonly subgraphs: Readonly<Record<SubgraphName, Subgraph>>;
  /** Takes no more requests, finishes what is in hand, and ends. */
  stop(): Promise<void>;
}

/**
 * Starts every subgraph, then the gateway, in this process: in-process transport between them, each also on its own port.
 * @throws what the first part that can't start threw; the parts before it are stopped.
 */
export async function startSystem({ environment, log, factories }: SystemOptions): Promise<System> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const each of stops.splice(0).reverse()) {
      await each().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some parts did not stop cleanly');
  };
  try {
    const metrics = createMetrics({ ofProcess: true });
    const ports = await openPorts(environment, log, metrics);
    stops.push(() => ports.close());
    const bus = await createBusFromEnvironment(environment, log);
    stops.push(() => bus.close());
    const sealer = createSealer(readSecret(environment));
    const shared = {
      environment,
      log,
      sealer,
      clock: systemClock,
      pubsub: ports.pubsub,
      rateLimiter: ports.rateLimiter,
      portChecks: ports.healthChecks,
      metrics,
    };
    const subgraphs = new Map<SubgraphName, Subgraph>();
    const subgraphOf = (name: SubgraphName): Subgraph => {
      const subgraph = subgraphs.get(name);
      invariant(subgraph, `${name} is asked for before it is made`);
      return subgraph;
    };
    const keys = openGatewayKeys(environment, sealer, systemClock);
    stops.push(() => keys.close());
    const fetchKeys = (issuer: ProcessName): Promise<Jwks> =>
      issuer === 'gateway' ? keys.keyring.jwks() : subgraphOf(issuer).jwks();

    // Looked up at each call: a subgraph may ask for the way to another before that one is made.
    const transportTo = (name: SubgraphName): SubgraphTransport => ({
      execute: (request) => subgraphOf(name).transport.execute(request),
      subscribe: (request) => subgraphOf(name).transport.subscribe(request),
      close: () => Promise.resolve(),
    });

    const made = await Promise.all(
      SUBGRAPH_NAMES.map((name) =>
        (factories?.[name] ?? FACTORIES[name])({
          bus,
          databaseUrl: environment.text(databaseUrlVariable(name)),
          context: createSubgraphContext({
            ...shared,
            name,
            fetchKeys,
            transportTo,
          }),
        }),
      ),
    );
    for (const subgraph of made) subgraphs.set(subgraph.name, subgraph);

    const host = hostOf(environment);
    const tls = readTls(environment).server;
    const addresses = new Map<ProcessName, string>();
    // Registered before it starts: a subgraph that fails half-way is stopped too.
    for (const subgraph of made) stops.push(() => subgraph.stop());
    // All of them come to an end, one way or the other: what still starts can't be stopped.
    const started = await Promise.allSettled(
      made.map(async (subgraph) => {
        await subgraph.start();
        addresses.set(subgraph.name, await subgraph.listen(host, portOf(environment, subgraph.name), tls));
      }),
    );
    const failed = started.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    const gateway = await startGateway({
      ...shared,
      supergraphSdl: readSupergraph(),
      bus,
      keys,
      cache: ports.cache,
      rateLimiter: ports.rateLimiter,
      fetchAccessKeys: () => fetchKeys('users'),
      transports: Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, transportTo(name)])),
    });
    stops.push(() => gateway.stop());
    addresses.set('gateway', gateway.url);
    return {
      endpoint: `${gateway.url}/graphql`,
      addresses: Object.fromEntries(addresses) as Record<ProcessName, string>,
      subgraphs: Object.fromEntries(subgraphs) as Record<SubgraphName, Subgraph>,
      stop,
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
