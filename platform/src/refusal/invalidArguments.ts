import { GraphQLError } from 'graphql';
import type { InvalidField } from './refused.js';

/**
 * The error for a query's wrong arguments. A query has no union for refusals, so it carries the same code and fields as
 * `InvalidInput` in `extensions`.
 */
export function invalidArguments(fields: readonly InvalidField[]): GraphQLError {
  const message = `Some values can't be used: ${fields.map((field) => `${field.path}: ${field.message}`).join(' ')}`;
  return new GraphQLError(message, { extensions: { code: 'INVALID_INPUT', fields } });
}
