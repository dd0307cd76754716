import { unauthenticated } from './unauthenticated.js';

/**
 * The `Authorization` value in what a client sends with `connection_init` or `ping`: `{ authorization: 'Bearer …' }`, also
 * with a capital or inside `headers` as GraphQL consoles send it, or `{ token }` alone.
 * @returns undefined when there is none.
 * @throws GraphQLError `UNAUTHENTICATED` when there is one that is no text: whoever shows a token never becomes a guest.
 */
export function authorizationIn(params: unknown): string | undefined {
  const shown = shownIn(params);
  if (shown === undefined) return undefined;
  if (typeof shown.value !== 'string') throw unauthenticated('INVALID');
  return shown.isToken ? `Bearer ${shown.value}` : shown.value;
}

/** Whether `connection_init` or `ping` shows anything, good or bad. */
export function showsAuthorization(params: unknown): boolean {
  return shownIn(params) !== undefined;
}

/** What is shown as authorization, whatever it is. Null is nothing: so clients send a token that they do not have. */
function shownIn(params: unknown): { readonly value: unknown; readonly isToken: boolean } | undefined {
  if (!isRecord(params)) return undefined;
  const { headers } = params;
  for (const place of isRecord(headers) ? [params, headers] : [params]) {
    const authorization = place['authorization'] ?? place['Authorization'];
    if (authorization !== undefined && authorization !== null)
      return { value: authorization, isToken: false };
    const token = place['token'];
    if (token !== undefined && token !== null) return { value: token, isToken: true };
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}
