import { GraphQLError } from 'graphql';

/** One argument of a query that can't be used; the shape of `InvalidField`. */
export interface InvalidArgument {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

/**
 * The error for a query's wrong arguments. A query has no union for refusals, so it carries the same code and fields as
 * `InvalidInput` in `extensions`.
 */
export function invalidArguments(fields: readonly InvalidArgument[]): GraphQLError {
  const message = `Some values can't be used: ${fields.map((field) => `${field.path}: ${field.message}`).join(' ')}`;
  return new GraphQLError(message, { extensions: { code: 'INVALID_INPUT', fields } });
}
