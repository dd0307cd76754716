import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log/createLog.js';

/**
 * Answers for a route that threw. A request that could not be read (Fastify's own errors, 400 to 499) is told what was
 * wrong with it; every other fault is logged and leaves without its words, which may be the database's.
 */
export function pageError(
  log: Log,
): (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (error, request, reply) => {
    const { statusCode = 500, message, code } = error as Partial<FastifyError>;
    if (statusCode >= 400 && statusCode < 500 && code?.startsWith('FST_')) {
      return reply.status(statusCode).send({ error: message });
    }
    log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a page failed');
    return reply.status(500).send({ error: 'Something went wrong on our side. Try again.' });
  };
}
