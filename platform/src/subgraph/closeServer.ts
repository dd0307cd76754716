import type { FastifyInstance } from 'fastify';

const LOOK_MS = 50;

/**
 * Closes an HTTP server once it has answered what is in hand. A connection whose last answer ends after the closing has
 * begun is closed too: kept alive, it would hold the server open for its keep-alive time.
 */
export async function closeServer(app: FastifyInstance): Promise<void> {
  const looking = setInterval(() => {
    app.server.closeIdleConnections();
  }, LOOK_MS);
  try {
    await app.close();
  } finally {
    clearInterval(looking);
  }
}
