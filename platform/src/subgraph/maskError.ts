import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../log/createLog.js';
import { shorten } from '../request/shorten.js';

/**
 * What a caller may learn of a fault. Errors that we made on purpose (GraphQLError with a code) and those of a wrong
 * document pass; everything else is logged and leaves as `INTERNAL_SERVER_ERROR` without its words.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const code = formatted.extensions?.['code'];
  const intended = original instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR';
  const { message, locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (intended)
    return { message: shorten(message), ...place, extensions: withoutInternals(formatted.extensions) };
  log.error({ err: original, path }, 'a resolver failed');
  return {
    message: 'Something went wrong on our side. Nothing you sent was at fault; try again.',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

function withoutInternals(extensions: GraphQLFormattedError['extensions']): Record<string, unknown> {
  const { stacktrace: _stacktrace, http: _http, exception: _exception, ...rest } = extensions ?? {};
  return rest;
}
