import { shorten, type Log } from '@foyer/platform';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { limitError } from '../limits/limitError.js';
import type { Limits } from '../limits/limits.js';
import { INTERNAL_ERROR } from './internalError.js';

/** Codes that stand for "nobody meant this error". */
const UNINTENDED: ReadonlySet<unknown> = new Set([
  undefined,
  'INTERNAL_SERVER_ERROR',
  'DOWNSTREAM_SERVICE_ERROR',
]);

/** What `extensions` may carry that is no client's business. */
const INTERNALS: ReadonlySet<string> = new Set(['serviceName', 'service', 'stacktrace', 'exception', 'http']);

/** What decides what a client may learn. */
export interface PublicErrorOptions {
  readonly limits: Limits;
  /** Whether clients may ask for the schema, and so be told what it has. */
  readonly introspection: boolean;
  readonly log: Log;
}

/**
 * What a client may learn of an error. Those with a code were meant, by us or by a subgraph, and pass without internals;
 * everything else is logged and leaves as `INTERNAL_SERVER_ERROR` without its words.
 * @param error what was thrown or gathered, or a subgraph sent.
 * @param formatted as it would be sent.
 */
export function publicError(
  error: unknown,
  { limits, introspection, log }: PublicErrorOptions,
  formatted: GraphQLFormattedError = formattedOf(error),
): GraphQLFormattedError {
  const known = ownError(error, limits);
  const extensions = known?.extensions ?? formatted.extensions ?? {};
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const code = extensions['code'] ?? formatted.extensions?.['code'];
  if (UNINTENDED.has(code)) {
    log.error({ err: error, path }, 'an operation failed');
    return { ...INTERNAL_ERROR, ...place };
  }
  const shown = Object.entries(extensions).filter(([name]) => !INTERNALS.has(name));
  const message = known?.message ?? formatted.message;
  return {
    message: shorten(introspection ? message : withoutSuggestions(message)),
    ...place,
    extensions: { ...Object.fromEntries(shown), code },
  };
}

/**
 * graphql-js, here and in subgraphs, suggests names of the schema for those it does not have; always at the end, and after
 * what the client sent.
 */
function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean [^]*\?$/, '');
}

/** The error of ours that Apollo Server has wrapped in one of its own, under its own code; null when there is none. */
function ownError(error: unknown, limits: Limits): GraphQLError | null {
  if (!(error instanceof GraphQLError)) return null;
  // graphql-js gives up parsing with a syntax error.
  if (/Document contains more tha[nt] \d+ tokens/.test(error.message)) return limitError(limits, 'tokens');
  const original = error.originalError;
  return original instanceof GraphQLError && original.extensions['code'] !== undefined ? original : null;
}

function formattedOf(error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError) return error.toJSON();
  return error instanceof Error ? { message: error.message } : (error as GraphQLFormattedError);
}
