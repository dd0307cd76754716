import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { GraphQLError, parse, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Jwks } from '../identity/keySet.js';
import type { HealthReport } from '../health/health.js';
import {
  IDENTITY_EXTENSION,
  IDENTITY_HEADER,
  REQUEST_ID_EXTENSION,
  REQUEST_ID_HEADER,
} from '../transport/headers.js';
import { closeServer } from './closeServer.js';
import type { IncomingRequest, SubgraphExecutor } from './createExecutor.js';
import { mapResults } from './mapResults.js';

/** Adds a subgraph's own pages and webhooks to its HTTP server. */
export type Routes = (app: FastifyInstance) => void | Promise<void>;

/** What the HTTP server of a subgraph serves. */
export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  readonly executor: SubgraphExecutor;
  readonly health: () => Promise<HealthReport>;
  readonly jwks: () => Promise<Jwks>;
  readonly routes?: Routes | undefined;
}

/** A server that listens. */
export interface HttpServer {
  /** `http://127.0.0.1:4001` */
  readonly url: string;
  /** Answers what is in hand, ends subscriptions with close code 1001, then closes. */
  close(): Promise<void>;
}

/**
 * Serves a subgraph: `/graphql` over HTTP and graphql-ws, `/health/live`, `/health/ready`, `/.well-known/jwks.json` and
 * its own routes.
 * @param port 0 takes a free one. @throws when the port is in use.
 */
export async function createHttpServer(
  options: HttpServerOptions,
  host: string,
  port: number,
): Promise<HttpServer> {
  const { schema, executor, health, jwks, routes } = options;
  const app = fastify({ bodyLimit: 1_000_000, forceCloseConnections: 'idle' });

  app.post('/graphql', async (request, reply) => {
    const answer = await executor.execute({
      body: request.body as Record<string, unknown>,
      headers: request.headers as Record<string, string | undefined>,
      address: request.socket.remoteAddress ?? '',
    });
    return reply.status(answer.status).headers(Object.fromEntries(answer.headers)).send(answer.body);
  });
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', async (_, reply) => {
    const report = await health();
    return reply.status(report.ready ? 200 : 503).send(report);
  });
  app.get('/.well-known/jwks.json', async (_, reply) => {
    return reply.header('cache-control', 'public, max-age=60').send(await jwks());
  });
  if (routes) await app.register(async (scope) => routes(scope));

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  const graphql = useServer(
    {
      onSubscribe: (connection, _id, payload) => {
        const document = parseOperation(payload.query);
        if (document instanceof GraphQLError) return [document];
        const { extra } = connection as { extra: { request: { socket: { remoteAddress?: string } } } };
        const request: IncomingRequest = {
          body: payload,
          headers: {
            [IDENTITY_HEADER]: textOf(payload.extensions?.[IDENTITY_EXTENSION]),
            [REQUEST_ID_HEADER]: textOf(payload.extensions?.[REQUEST_ID_EXTENSION]),
          },
          address: extra.request.socket.remoteAddress ?? '',
        };
        return { schema, document, contextValue: request };
      },
      // The executor validates, authenticates and masks, as it does for HTTP.
      subscribe: async ({ contextValue }) =>
        revived(await executor.subscribe(contextValue as IncomingRequest)),
      execute: () => ({
        errors: [new GraphQLError('Only subscriptions are taken over WebSocket; send this over HTTP.')],
      }),
    },
    sockets,
  );
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== '/graphql') {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });

  await app.listen({ host, port });
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    async close() {
      await graphql.dispose();
      await closeServer(app);
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseOperation(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: 5000 });
  } catch (error) {
    return error as GraphQLError;
  }
}

type Results = AsyncIterableIterator<ExecutionResult>;

/** graphql-ws wants errors that know how to write themselves; the executor's are plain JSON. */
function revived(result: Results | ExecutionResult): Results | ExecutionResult {
  if (Symbol.asyncIterator in result) return mapResults(result, revivedOne);
  return revivedOne(result);
}

function revivedOne(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(
    ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
  );
  return { ...result, errors };
}
