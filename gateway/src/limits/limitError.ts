import { GraphQLError } from 'graphql';
import { LIMIT_ERRORS, type Limits } from './limits.js';

/** The error for an operation past a limit; `extensions.limit` carries the number. */
export function limitError(limits: Limits, which: keyof Limits): GraphQLError {
  const [code, what] = LIMIT_ERRORS[which];
  const limit = limits[which];
  return new GraphQLError(`The operation has more than ${limit} ${what}: ask for less at a time.`, {
    extensions: { code, limit, http: { status: 400 } },
  });
}
