import fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { answerUnknown } from '../entrance/answerUnknown.js';
import type { Application } from '../entrance/application.js';
import type { Entrance } from '../entrance/openEntrance.js';
import { isTls, securityHeaders } from '../entrance/securityHeaders.js';
import type { HealthReport } from '../health/health.js';
import type { Jwks } from '../identity/keySet.js';
import { metricsRoute } from '../metrics/metricsRoute.js';
import type { Log } from '../log/createLog.js';
import type { Metrics } from '../metrics/metrics.js';
import type { SubgraphExecutor } from './createExecutor.js';
import { createSubscriptionServer } from './createSubscriptionServer.js';
import { pageError } from './pageError.js';

/** Adds a subgraph's own pages and webhooks to its HTTP server. */
export type Routes = (app: FastifyInstance) => void | Promise<void>;

/** What a subgraph serves. */
export interface ApplicationOptions {
  readonly schema: GraphQLSchema;
  readonly executor: SubgraphExecutor;
  readonly health: () => Promise<HealthReport>;
  readonly jwks: () => Promise<Jwks>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly routes?: Routes | undefined;
}

/**
 * What a subgraph serves at its entrance: `/graphql` over HTTP and graphql-ws, `/health/live`, `/health/ready`,
 * `/metrics`, `/.well-known/jwks.json` and its own routes.
 */
export async function createApplication(
  options: ApplicationOptions,
  { server }: Entrance,
): Promise<Application> {
  const { schema, executor, health, jwks, metrics, routes, log } = options;
  const app = fastify({ bodyLimit: 1_000_000, serverFactory: () => server });
  const everywhere = securityHeaders(isTls(server));
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(everywhere);
    done();
  });
  app.setErrorHandler(pageError(log));

  app.post('/graphql', async (request, reply) => {
    const leaving = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) leaving.abort();
    });
    const answer = await executor.execute({
      body: request.body,
      headers: request.headers as Record<string, string | undefined>,
      address: request.socket.remoteAddress ?? '',
      signal: leaving.signal,
    });
    return reply.status(answer.status).headers(Object.fromEntries(answer.headers)).send(answer.body);
  });
  app.setNotFoundHandler(answerUnknown('POST'));
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', async (_, reply) => {
    const report = await health();
    return reply.status(report.ready ? 200 : 503).send(report);
  });
  app.get('/.well-known/jwks.json', async (_, reply) => {
    return reply.header('cache-control', 'public, max-age=60').send(await jwks());
  });
  app.get('/metrics', metricsRoute(metrics));
  if (routes) await app.register(async (scope) => routes(scope));
  await app.ready();

  const subscriptions = createSubscriptionServer(schema, executor, log);
  return {
    request: (request, response) => {
      app.routing(request, response);
    },
    upgrade: (request, socket, head) => {
      subscriptions.upgrade(request, socket, head);
    },
    goAway: () => subscriptions.stop(),
  };
}
