import {
  DEFAULT_REQUEST_TIMEOUT_MS,
  invariant,
  openEntrance,
  type Entrance,
  type Jwks,
  type ServerTls,
  type SubgraphTransport,
} from '@foyer/platform';
import { createAuthenticate } from './auth/createAuthenticate.js';
import {
  DEFAULT_FAIR_SHARE,
  DEFAULT_RESUME_DELAYS_MS,
  DEFAULT_SUBSCRIPTION_LIMITS,
  DEFAULT_TIMEOUT_MS,
  type GatewayOptions,
} from './config/gatewayOptions.js';
import { publicError } from './errors/publicError.js';
import { createExecutor, type Services } from './execution/createExecutor.js';
import { createOperations } from './execution/createOperations.js';
import { createSubgraphSource } from './execution/createSubgraphSource.js';
import { loadGraph } from './graph/loadGraph.js';
import { createGatewayHealth, type GatewayHealth } from './health/gatewayHealth.js';
import { subgraphCheck } from './health/subgraphCheck.js';
import { createFairShare } from './limits/createFairShare.js';
import { DEFAULT_LIMITS } from './limits/limits.js';
import { createRequestCounter } from './rateLimits/createRequestCounter.js';
import { DEFAULT_REQUEST_LIMITS } from './rateLimits/requestLimits.js';
import { createGatewayMetrics } from './metrics/createGatewayMetrics.js';
import { consolePages } from './sandbox/consolePages.js';
import { schemaFile } from './sandbox/schemaFile.js';
import { allowedOrigins } from './server/allowedOrigins.js';
import { createApolloServer } from './server/createApolloServer.js';
import { createHttpServer } from './server/createHttpServer.js';
import { createDocuments } from './subscriptions/createDocuments.js';
import { createSubscriber } from './subscriptions/createSubscriber.js';
import { createSubscriptionServer } from './subscriptions/createSubscriptionServer.js';

/** The endpoint before a supergraph. */
export interface Gateway {
  readonly name: 'gateway';
  /** Makes it ready to answer. */
  start(): Promise<void>;
  /** Answers at a port that is somebody else's to close. */
  serve(entrance: Entrance): Promise<void>;
  /**
   * Opens a port of its own and answers there; closed by `stop`.
   * @param port 0 takes a free one. @returns `http://127.0.0.1:4000`. @throws when the port is in use.
   */
  listen(host: string, port: number, tls?: ServerTls | null): Promise<string>;
  health(): Promise<GatewayHealth>;
  /** The public keys to the identities it signs. */
  jwks(): Promise<Jwks>;
  /** Open WebSockets. */
  readonly connections: number;
  /** Takes no more requests, answers those in hand, closes sockets with 1001, and ends. */
  stop(): Promise<void>;
}

/**
 * Makes a gateway of its parts.
 * @throws GraphQLError when the supergraph can't be run, InvariantViolation when one of its subgraphs has no transport.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { transports, identitySigner, endedSessions, clock, log, development, trustedProxies = 0 } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const graph = loadGraph(options.supergraphSdl);
  const transportTo = (name: string): SubgraphTransport => {
    const transport = transports[name];
    invariant(transport, `the supergraph has the subgraph ${name}, but no transport leads to it`);
    return transport;
  };
  const metrics = createGatewayMetrics(options.metrics, options.operationNames ?? []);
  const services: Services = Object.fromEntries(
    graph.subgraphs.map((name) => [
      name,
      createSubgraphSource(name, transportTo(name), identitySigner, metrics),
    ]),
  );
  const executor = createExecutor({
    graph,
    operations: createOperations(graph),
    services,
    policy: options.policy ?? (() => false),
    maxCost: options.maxCost ?? null,
    fairShare: createFairShare({ ...DEFAULT_FAIR_SHARE, ...options.fairShare }),
    metrics,
  });
  const apollo = createApolloServer({
    graph,
    executor,
    limits,
    cache: options.cache,
    introspection: development,
    metrics,
    log,
  });
  const authenticate = createAuthenticate(options.accessTokens, endedSessions, log);
  const origins = allowedOrigins(options.origins ?? [], development);
  const subscriptions = createSubscriptionServer({
    schema: graph.apiSchema,
    documents: createDocuments(graph.apiSchema, limits, development),
    subscriber: createSubscriber({
      executor,
      services,
      transportTo,
      signer: identitySigner,
      resumeDelaysMs: options.subscriptions?.resumeDelaysMs ?? DEFAULT_RESUME_DELAYS_MS,
      log,
    }),
    authenticate,
    endedSessions,
    limits: { ...DEFAULT_SUBSCRIPTION_LIMITS, ...options.subscriptions },
    origins,
    trustedProxies,
    clock,
    log,
    publicError: (error) => publicError(error, { limits, introspection: development, log }),
  });
  let own: Entrance | null = null;
  let stopped: Promise<void> | null = null;
  const dependencies = createGatewayHealth({
    required: options.healthChecks ?? {},
    subgraphs: Object.fromEntries(
      graph.subgraphs.map((name) => [name, subgraphCheck(name, transportTo(name), identitySigner)]),
    ),
    log,
  });
  const health = async (): Promise<GatewayHealth> => {
    const report = await dependencies();
    return stopped ? { ...report, ready: false } : report;
  };
  const serve = async (entrance: Entrance): Promise<void> => {
    const app = await createHttpServer(
      {
        graphql: {
          apollo,
          authenticate,
          requests: createRequestCounter(options.rateLimiter, {
            ...DEFAULT_REQUEST_LIMITS,
            ...options.requestLimits,
          }),
          trustedProxies,
          timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
          log,
        },
        origins,
        health,
        jwks: options.jwks,
        metrics: options.metrics,
        pages: development
          ? (app) => {
              consolePages(app);
              schemaFile(app, graph.apiSchema);
            }
          : null,
        log,
      },
      entrance,
    );
    entrance.serve({
      request: (request, response) => {
        app.routing(request, response);
      },
      upgrade: subscriptions.upgrade,
      goAway: () => subscriptions.stop(),
    });
  };
  const stop = async (): Promise<void> => {
    await own?.close();
    await subscriptions.stop();
    await apollo.stop();
  };

  return {
    name: 'gateway',
    jwks: options.jwks,
    health,
    get connections() {
      return subscriptions.size;
    },
    start: () => apollo.start(),
    serve,
    async listen(host, port, tls = null) {
      own = await openEntrance({
        host,
        port,
        tls,
        requestMs: options.requestMs ?? DEFAULT_REQUEST_TIMEOUT_MS,
      });
      await serve(own);
      return own.url;
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}
