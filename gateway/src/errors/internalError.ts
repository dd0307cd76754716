import type { GraphQLFormattedError } from 'graphql';

/** What a client learns of a fault of ours. */
export const INTERNAL_ERROR = {
  message: 'Something went wrong on our side. Nothing you sent was at fault; try again.',
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
} as const satisfies GraphQLFormattedError;
