/**
 * The `Authorization` value in what a client sends with `connection_init` or `ping`: `{ authorization: 'Bearer …' }`, also
 * with a capital or inside `headers` as GraphQL consoles send it, or `{ token }` alone.
 * @returns undefined when there is none.
 */
export function authorizationIn(params: unknown): string | undefined {
  if (!isRecord(params)) return undefined;
  const { headers } = params;
  return valueIn(params) ?? (isRecord(headers) ? valueIn(headers) : undefined);
}

function valueIn({
  authorization,
  Authorization,
  token,
}: Readonly<Record<string, unknown>>): string | undefined {
  const given = authorization ?? Authorization;
  if (typeof given === 'string') return given;
  return typeof token === 'string' ? `Bearer ${token}` : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}
