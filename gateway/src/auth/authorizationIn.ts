/**
 * The `Authorization` value in what a client sends with `connection_init` or `ping`: `{ authorization: 'Bearer …' }`, also
 * with a capital or inside `headers` as GraphQL consoles send it, or `{ token }` alone.
 * @returns undefined when there is none.
 */
export function authorizationIn(params: unknown): string | undefined {
  if (params === null || typeof params !== 'object') return undefined;
  const { authorization, Authorization, token, headers } = params as Record<string, unknown>;
  const given = authorization ?? Authorization;
  if (typeof given === 'string') return given;
  if (typeof token === 'string') return `Bearer ${token}`;
  return headers === params ? undefined : authorizationIn(headers);
}
