import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.js';

/** Headers that a proxy adds. */
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'via'];

/**
 * Answers `/metrics`. Whoever comes through a proxy gets 404: metrics are for who reaches the process itself, as
 * Prometheus does, and a proxy that publishes everything does not publish them.
 */
export function metricsRoute(
  metrics: Metrics,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    if (PROXY_HEADERS.some((name) => request.headers[name] !== undefined)) {
      return reply.status(404).send('metrics are shown to who reaches this process itself');
    }
    return reply.header('content-type', metrics.contentType).send(await metrics.text());
  };
}
