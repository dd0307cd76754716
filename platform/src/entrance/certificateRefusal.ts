import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { ServerTls } from '../tls/serverTls.js';
import { pathOf } from './answerUnserved.js';

/**
 * Where clients' certificates are demanded, GraphQL is for those alone whose certificate an authority of ours has signed.
 * Health checks, public keys, webhooks and pages stay open: their callers have no certificate.
 * @returns the body of the refusal; null when there is nothing against the request.
 */
export function certificateRefusal(request: IncomingMessage, tls: ServerTls | null): string | null {
  if (tls?.requestCert !== true || pathOf(request) !== '/graphql') return null;
  const { socket } = request;
  if (socket instanceof TLSSocket && socket.authorized) return null;
  const message = 'Show a client certificate of an authority that this process trusts (FOYER_TLS_CA).';
  return JSON.stringify({ errors: [{ message, extensions: { code: 'CERTIFICATE_REQUIRED' } }] });
}
