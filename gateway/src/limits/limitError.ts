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

/** The error for an operation that would cost too much; the code is Apollo Router's. */
export function costError(cost: number, limit: number): GraphQLError {
  return new GraphQLError(
    `The operation may cost ${cost}, and at most ${limit} is taken: ask for fewer at a time, or for less of each.`,
    { extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', cost, limit, http: { status: 400 } } },
  );
}
