import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode } from 'graphql';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { openEntrance, type Entrance } from '../entrance/openEntrance.js';
import { requestTimeout } from '../entrance/requestTimeout.js';
import { checkHealth, type HealthCheck, type HealthReport } from '../health/health.js';
import type { SubgraphName } from '../identity/identity.js';
import type { Keyring } from '../identity/keyring.js';
import type { Jwks } from '../identity/keySet.js';
import { ACCESS_TOKEN } from '../identity/tokenKinds.js';
import { createTokenVerifier } from '../identity/tokens.js';
import { startAll, type Component } from '../lifecycle/component.js';
import { createInProcessTransport } from '../transport/createInProcessTransport.js';
import { subgraphTimeout } from '../transport/subgraphTimeout.js';
import type { ServerTls } from '../tls/serverTls.js';
import type { SubgraphTransport } from '../transport/subgraphTransport.js';
import { createAuthenticate } from './authenticate.js';
import { checkArguments } from './checkArguments.js';
import type { RequestContext, SubgraphContext } from './context.js';
import { createExecutor, type SubgraphExecutor } from './createExecutor.js';
import { stopReading } from './stopReading.js';
import { createApplication, type Routes } from './createApplication.js';

/** What makes a subgraph: its part of the graph and what runs behind it. */
export interface SubgraphOptions<Context extends RequestContext> {
  readonly name: SubgraphName;
  readonly context: SubgraphContext;
  /** The subgraph's schema, shared types included. */
  readonly typeDefs: DocumentNode;
  readonly resolvers: GraphQLResolverMap<Context>;
  /** Adds loaders and the like; made anew for every request. */
  readonly requestContext: (base: RequestContext) => Context;
  /** Started in this order before the first request, stopped in reverse after the last. */
  readonly components: readonly Component[];
  readonly healthChecks: Readonly<Record<string, HealthCheck>>;
  /** Key pairs whose public halves it publishes. */
  readonly keyrings?: readonly Pick<Keyring, 'jwks'>[];
  /** Its own pages and webhooks. */
  readonly routes?: Routes;
}

/** A subgraph of this process. */
export interface Subgraph {
  readonly name: SubgraphName;
  /** The way to it for others in this process. */
  readonly transport: SubgraphTransport;
  /** Its published public keys. */
  jwks(): Promise<Jwks>;
  /** Starts what runs behind the graph. */
  start(): Promise<void>;
  /** Answers at a port that is somebody else's to close. */
  serve(entrance: Entrance): Promise<void>;
  /**
   * Opens a port of its own and answers there; closed by `stop`.
   * @param port 0 takes a free one. @returns its address, `http://127.0.0.1:4001`. @throws when the port is in use.
   */
  listen(host: string, port: number, tls?: ServerTls | null): Promise<string>;
  health(): Promise<HealthReport>;
  /** Takes no more requests, finishes what is in hand, and ends. */
  stop(): Promise<void>;
}

/** Makes a subgraph of its parts. @throws when schema and resolvers do not fit. */
export function createSubgraph<Context extends RequestContext>(options: SubgraphOptions<Context>): Subgraph {
  const { name, context, typeDefs, resolvers, keyrings = [], healthChecks, components, routes } = options;
  const log = context.log;
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as GraphQLResolverMap<unknown> }]);
  checkArguments(schema);
  stopReading(schema);
  const executor: SubgraphExecutor = createExecutor({
    schema,
    log,
    development: context.development,
    requestContext: options.requestContext,
    authenticate: createAuthenticate({
      identities: context.identities,
      accessTokens: createTokenVerifier(ACCESS_TOKEN, context.keySets.users, context.clock),
      sessionLives: context.sessionLives,
      development: context.development,
    }),
  });
  let running = false;
  let stopComponents: (() => Promise<void>) | null = null;
  let own: Entrance | null = null;
  const jwks = async (): Promise<Jwks> => ({
    keys: (await Promise.all(keyrings.map((keyring) => keyring.jwks()))).flatMap((each) => each.keys),
  });
  const health = (): Promise<HealthReport> => checkHealth({ ...healthChecks, ...context.portChecks });
  const serve = async (entrance: Entrance): Promise<void> => {
    const { metrics } = context;
    entrance.serve(
      await createApplication({ schema, executor, health, jwks, metrics, routes, log }, entrance),
    );
  };

  return {
    name,
    transport: createInProcessTransport({
      subgraph: name,
      executor: () => (running ? executor : null),
      timeoutMs: subgraphTimeout(context.environment),
    }),
    jwks,
    health,
    async start() {
      stopComponents = await startAll([
        { name: 'executor', start: () => executor.start(), stop: () => executor.stop() },
        ...components,
      ]);
      running = true;
    },
    serve,
    async listen(host, port, tls = null) {
      own = await openEntrance({ host, port, tls, requestMs: requestTimeout(context.environment) });
      await serve(own);
      return own.url;
    },
    async stop() {
      await own?.close();
      own = null;
      running = false;
      await stopComponents?.();
      stopComponents = null;
    },
  };
}
