import { createHash } from 'node:crypto';
import { badRequest } from './badRequest.js';
import { refuseLargeVariables } from './refuseLargeVariables.js';

/** A GraphQL request of good form. What is absent was not sent, or null. */
export interface GraphqlRequest {
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * The one reader of GraphQL requests, over HTTP and WebSocket, at the gateway and at subgraphs: what runs an operation
 * and what decides whether it may never read a request in two ways. An empty `operationName` is none, as many clients
 * mean it.
 * @param sent the request's JSON.
 * @param free as for `refuseLargeVariables`.
 * @throws GraphQLError `BAD_REQUEST` or, for variables that are too large, `BAD_USER_INPUT`; status 400.
 */
export function readRequest(sent: unknown, free?: ReadonlySet<string>): GraphqlRequest {
  if (!isRecord(sent)) throw badRequest('Send a JSON object with the GraphQL document as `query`.');
  const query = textIn(sent, 'query');
  const operationName = textIn(sent, 'operationName');
  const variables = recordIn(sent, 'variables');
  const extensions = recordIn(sent, 'extensions');
  const persisted = checkPersisted(extensions?.['persistedQuery'], query);
  if (!query && !persisted) throw badRequest('There is no GraphQL document: send it as `query`.');
  if (variables) refuseLargeVariables(variables, free);
  return {
    ...(query && { query }),
    ...(operationName && { operationName }),
    ...(variables && { variables }),
    ...(extensions && { extensions }),
  };
}

/**
 * Checks what a request says of a persisted query: its document's hash, alone or together with the document.
 * @returns whether it says anything.
 */
function checkPersisted(persisted: unknown, query: string | null): boolean {
  if (persisted === undefined || persisted === null) return false;
  if (!isRecord(persisted) || persisted['version'] !== 1) {
    throw badRequest('Persisted queries are taken in version 1: `{ "version": 1, "sha256Hash": "…" }`.');
  }
  const hash = persisted['sha256Hash'];
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) {
    throw badRequest('`sha256Hash` is the SHA-256 of the document: 64 hexadecimal digits in lower case.');
  }
  if (query && createHash('sha256').update(query).digest('hex') !== hash) {
    throw badRequest('`sha256Hash` is not the SHA-256 of the document that was sent with it.');
  }
  return true;
}

function textIn(sent: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = sent[name] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw badRequest(`\`${name}\` must be a text.`);
}

function recordIn(
  sent: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> | null {
  const value = sent[name] ?? null;
  if (value === null || isRecord(value)) return value;
  throw badRequest(`\`${name}\` must be an object, not a text that holds one.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
