import { badRequest, type GraphqlRequest } from '@foyer/platform';

/** What of a request by GET is JSON in its address. */
const JSON_PARAMETERS: ReadonlySet<string> = new Set(['variables', 'extensions']);

/**
 * The request that a GET's address holds, to be read as the body of a POST is. An empty parameter is none.
 * @throws GraphQLError `BAD_REQUEST` for a parameter that comes twice, or JSON that is none.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-GET
 */
export function readSearch(url: string): Record<string, unknown> {
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(start === -1 ? '' : url.slice(start));
  const read: Record<string, unknown> = {};
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
    const [value, second] = parameters.getAll(name);
    if (second !== undefined) throw badRequest(`\`${name}\` comes more than once in the address.`);
    if (value) read[name] = JSON_PARAMETERS.has(name) ? parse(name, value) : value;
  }
  return read;
}

/** The address's part behind the path that says what a request says. */
export function writeSearch(request: GraphqlRequest): string {
  const texts = Object.entries(request).map(([name, value]): [string, string] => [
    name,
    JSON_PARAMETERS.has(name) ? JSON.stringify(value) : String(value),
  ]);
  return `?${new URLSearchParams(texts).toString()}`;
}

function parse(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`\`${name}\` in the address is no JSON.`);
  }
}
