import type { IncomingMessage } from 'node:http';

/**
 * The client's address. Behind proxies it is what the outermost trusted one saw: `X-Forwarded-For`, counted from its end,
 * because what stands before that a client can make up.
 * @param trustedProxies how many proxies of ours stand before the gateway; 0 believes the socket only.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trustedProxies: number): string {
  const peer = socket.remoteAddress ?? '';
  if (trustedProxies === 0) return peer;
  const forwarded = headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join() : (forwarded ?? ''))
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
  return hops.at(-trustedProxies) ?? hops[0] ?? peer;
}
