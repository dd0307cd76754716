/** The token in an `Authorization` header; undefined when the header is of another scheme, or none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}
