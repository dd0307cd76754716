import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:https';

/** Two years. */
const STRICT_SECONDS = 63_072_000;

/**
 * Headers of every answer to a browser: no guessing of types, no addresses told to other sites, no frame around it, and
 * with TLS nothing but TLS from now on (RFC 6797). A page with a policy of its own names `frame-ancestors` in it.
 * @param tls whether the port speaks TLS itself. Behind a proxy that does, the proxy says so.
 */
export function securityHeaders(tls: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "frame-ancestors 'none'",
    ...(tls && { 'strict-transport-security': `max-age=${STRICT_SECONDS}` }),
  };
}

/** Whether a server speaks TLS. */
export function isTls(server: Server): boolean {
  return (server as Server | TlsServer) instanceof TlsServer;
}
