import type { ApolloServer } from '@apollo/server';
import { readRequest, type Log } from '@foyer/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Authenticate } from '../auth/createAuthenticate.js';
import type { GaveUp, RequestScope } from '../execution/requestScope.js';
import type { RequestCounter } from '../rateLimits/createRequestCounter.js';
import { apolloHeaders } from './apolloHeaders.js';
import { clientAddress } from './clientAddress.js';
import { clientAgent } from './clientAgent.js';
import { readSearch, writeSearch } from './search.js';

/** What the route stands on. */
export interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<RequestScope>;
  readonly authenticate: Authenticate;
  readonly requests: RequestCounter;
  readonly trustedProxies: number;
  /** Time for an answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly log: Log;
}

/** Answers `/graphql` over HTTP. */
export function graphqlRoute(
  options: GraphqlRouteOptions,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const { apollo, authenticate, requests, trustedProxies, timeoutMs, log } = options;
  return async (request, reply) => {
    if (Array.isArray(request.body)) throw batched();
    const isGet = request.method === 'GET';
    const read = readRequest(isGet ? readSearch(request.url) : request.body);
    let operation: OperationTypeNode | null = null;
    const waiting = new AbortController();
    const giveUp = (reason: GaveUp): void => {
      // A mutation goes on without its client: half of it may be done.
      if (reason === 'TIME_OVER' || operation === OperationTypeNode.QUERY) waiting.abort(reason);
    };
    const timer = setTimeout(() => {
      giveUp('TIME_OVER');
    }, timeoutMs);
    const onClose = (): void => {
      if (!reply.raw.writableFinished) giveUp('CLIENT_GONE');
    };
    reply.raw.once('close', onClose);
    try {
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: apolloHeaders(request.headers),
          search: isGet ? writeSearch(read) : '',
          body: isGet ? undefined : read,
        },
        context: async () => {
          const address = clientAddress(request.raw, trustedProxies);
          const caller = await authenticate(
            request.headers.authorization,
            address,
            clientAgent(request.raw),
          ).catch(async (error: unknown) => {
            // Who shows what is no token is as costly as a guest, and no better.
            reply.headers(await requests.count({ kind: 'guest', address }));
            throw error;
          });
          reply.headers(await requests.count(caller.identity));
          return {
            caller,
            requestId: request.id,
            log: log.child({ requestId: request.id }),
            signal: waiting.signal,
            onOperation: (type) => {
              operation = type;
            },
          };
        },
      });
      if (answer.body.kind !== 'complete') throw new Error('an answer in parts was not asked for');
      // Awaited, and so until it is sent: the client may go away while it is.
      return await reply
        .status(answer.status ?? 200)
        .headers(Object.fromEntries(answer.headers))
        .send(answer.body.string);
    } finally {
      clearTimeout(timer);
      reply.raw.off('close', onClose);
    }
  };
}

function batched(): GraphQLError {
  return new GraphQLError('Send one operation at a time: at most 1 is taken in a request.', {
    extensions: { code: 'BATCH_NOT_ALLOWED', limit: 1, http: { status: 400 } },
  });
}
