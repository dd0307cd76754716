/** Header with the signed identity of the caller. */
export const IDENTITY_HEADER = 'foyer-identity';

/** Header with the id that correlates everything one client request causes. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Extension of a graphql-ws subscribe message that carries the identity: one socket serves many people. */
export const IDENTITY_EXTENSION = 'identity';

/** Extension of a graphql-ws subscribe message that carries the request id. */
export const REQUEST_ID_EXTENSION = 'requestId';
