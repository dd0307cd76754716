import cors from '@fastify/cors';
import {
  answerUnknown,
  isTls,
  metricsRoute,
  REQUEST_ID_HEADER,
  securityHeaders,
  type Entrance,
  type Jwks,
  type Log,
  type Metrics,
} from '@foyer/platform';
import fastify, { type FastifyInstance } from 'fastify';
import type { GatewayHealth } from '../health/gatewayHealth.js';
import type { OriginCheck } from './allowedOrigins.js';
import { graphqlRoute, type GraphqlRouteOptions } from './graphqlRoute.js';
import { BODY_LIMIT, requestError } from './requestError.js';
import { requestId } from './requestId.js';

/** What the gateway's HTTP server serves. */
export interface HttpServerOptions {
  readonly graphql: GraphqlRouteOptions;
  readonly origins: OriginCheck;
  readonly health: () => Promise<GatewayHealth>;
  readonly jwks: () => Promise<Jwks>;
  readonly metrics: Metrics;
  /** What is for development: consoles and the schema; null where there is nothing. */
  readonly pages: ((app: FastifyInstance) => void) | null;
  readonly log: Log;
}

/** Serves `/graphql`, `/health/live`, `/health/ready`, `/metrics`, `/.well-known/jwks.json` and the pages. */
export async function createHttpServer(
  options: HttpServerOptions,
  { server }: Entrance,
): Promise<FastifyInstance> {
  const { graphql, origins, health, jwks, metrics, pages, log } = options;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    serverFactory: () => server,
    genReqId: (request) => requestId(request.headers[REQUEST_ID_HEADER]),
    routerOptions: { ignoreTrailingSlash: true },
  });
  await app.register(cors, {
    origin: (origin, decide) => {
      decide(null, origin !== undefined && origins(origin));
    },
    credentials: true,
    methods: ['GET', 'POST'],
    exposedHeaders: [REQUEST_ID_HEADER, 'retry-after', 'ratelimit', 'ratelimit-policy'],
    maxAge: 600,
  });
  const everywhere = securityHeaders(isTls(server));
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ [REQUEST_ID_HEADER]: request.id, ...everywhere });
    done();
  });
  app.setErrorHandler(async (error: Parameters<typeof requestError>[0], _request, reply) => {
    const [status, formatted] = requestError(error, log);
    return reply.status(status).send({ errors: [formatted] });
  });

  const answer = graphqlRoute(graphql);
  app.post('/graphql', answer);
  app.get('/graphql', { exposeHeadRoute: false }, answer);
  app.setNotFoundHandler(answerUnknown('GET, POST'));
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    const report = await health();
    return reply.status(report.ready ? 200 : 503).send(report);
  });
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send(await jwks()),
  );
  app.get('/metrics', metricsRoute(metrics));
  pages?.(app);
  await app.ready();
  return app;
}
