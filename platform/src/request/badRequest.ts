import { GraphQLError } from 'graphql';
import { shorten } from './shorten.js';

/** The error for what is no GraphQL request: status 400. */
export function badRequest(message: string): GraphQLError {
  return new GraphQLError(shorten(message), { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

/** The error for values that can't be taken: status 400. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(shorten(message), {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}
