import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { OriginCheck } from '../server/allowedOrigins.js';

/** A wish to become a WebSocket. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly origins: OriginCheck;
  readonly stopping: boolean;
  /** Whether the client's address has as many sockets as it may. */
  readonly full: boolean;
}

/** Lets an upgrade through, or answers it with a status and ends the socket. */
export function admitUpgrade({ request, socket, origins, stopping, full }: Upgrade): boolean {
  const refusal = refusalOf(request, origins, stopping, full);
  if (refusal === null) return true;
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return false;
}

function refusalOf(
  request: IncomingMessage,
  origins: OriginCheck,
  stopping: boolean,
  full: boolean,
): string | null {
  if (request.url?.split('?')[0]?.replace(/\/$/, '') !== '/graphql') return '404 Not Found';
  if (stopping) return '503 Service Unavailable';
  const { origin, host } = request.headers;
  // Browsers apply no CORS to WebSockets.
  if (origin !== undefined && !origins(origin) && !isSameHost(origin, host)) return '403 Forbidden';
  return full ? '429 Too Many Requests\r\nRetry-After: 60' : null;
}

function isSameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
