import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './answerUnserved.js';

/**
 * Answers what no route takes: 405 with `Allow` at `/graphql`, 404 everywhere else.
 * @param allow the methods that `/graphql` takes: `GET, POST`.
 */
export function answerUnknown(
  allow: string,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async ({ method, raw }, reply) => {
    if (pathOf(raw) !== '/graphql') {
      const message = 'There is nothing at this address.';
      return reply.status(404).send({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
    }
    const message = `${method} is not taken here: use ${allow}.`;
    return reply
      .status(405)
      .header('allow', allow)
      .send({ errors: [{ message, extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
  };
}
