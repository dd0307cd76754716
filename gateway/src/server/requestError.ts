import type { Log } from '@foyer/platform';
import type { FastifyError } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { INTERNAL_ERROR } from '../errors/internalError.js';

/** The most that a request's body may have, in bytes. */
export const BODY_LIMIT = 1_000_000;

/** Status and error for a request that never became an operation. */
export function requestError(
  error: FastifyError | GraphQLError,
  log: Log,
): readonly [number, GraphQLFormattedError] {
  if (error instanceof GraphQLError) {
    const { http, ...extensions } = error.extensions as { http?: { status?: number } } & Record<
      string,
      unknown
    >;
    return [http?.status ?? 400, { message: error.message, extensions }];
  }
  const status = error.statusCode ?? 500;
  if (status === 413) {
    const message = `The request is larger than ${BODY_LIMIT} bytes: send less at a time.`;
    return [413, { message, extensions: { code: 'BODY_TOO_LARGE', limit: BODY_LIMIT } }];
  }
  if (status >= 400 && status < 500)
    return [status, { message: error.message, extensions: { code: 'BAD_REQUEST' } }];
  log.error({ err: error }, 'a request failed');
  return [500, INTERNAL_ERROR];
}
