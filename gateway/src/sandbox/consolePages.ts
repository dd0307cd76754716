import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { CONSOLE_FILES, consolePage } from './consoleFiles.js';

/** A console inside of another page could be clicked through. */
const FRAME = "frame-ancestors 'none'";
const CONNECT = "connect-src 'self' ws: wss:";

/** What each console's page may load (https://www.w3.org/TR/CSP3). */
const POLICIES = {
  sandbox: [
    "default-src 'none'",
    "script-src 'self' https://embeddable-sandbox.cdn.apollographql.com",
    "style-src 'self'",
    FRAME,
    'frame-src https://sandbox.embed.apollographql.com',
    CONNECT,
  ].join('; '),
  // GraphiQL's editor and menus set styles from script.
  graphiql: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    FRAME,
    CONNECT,
  ].join('; '),
} as const;

/** Serves Apollo Sandbox at `/` and to browsers at `/graphql`, and GraphiQL, which needs no internet, at `/graphiql`. */
export function consolePages(app: FastifyInstance): void {
  const show = async (reply: FastifyReply, name: keyof typeof POLICIES): Promise<FastifyReply> =>
    reply
      .header('content-security-policy', POLICIES[name])
      .type('text/html; charset=utf-8')
      .send(await readFile(consolePage(name)));

  app.get('/', (_request, reply) => show(reply, 'sandbox'));
  app.get('/graphiql', (_request, reply) => show(reply, 'graphiql'));
  app.get<{ Params: { name: string } }>('/consoles/:name', async (request, reply) => {
    const file = Object.hasOwn(CONSOLE_FILES, request.params.name)
      ? CONSOLE_FILES[request.params.name]
      : undefined;
    if (!file) return reply.status(404).send();
    return reply
      .type(file.type)
      .header('cache-control', 'public, max-age=3600')
      .send(await readFile(file.path));
  });
  app.addHook('onRequest', async (request, reply) => {
    const { method, url, headers } = request;
    // Whoever opens the endpoint in a browser wants to look at it; a query in the address wants an answer.
    if (method === 'GET' && /^\/graphql\/?$/.test(url) && (headers.accept ?? '').includes('text/html')) {
      return show(reply, 'sandbox');
    }
    return undefined;
  });
}
