import type { Server } from 'node:http';

const LOOK_MS = 50;

/**
 * Closes a server once its connections are gone. Those without a request are closed by us only after the lingering: a
 * request that meets the end of its connection is lost, and its client can't know whether it was done.
 * @param lingerMs how long to wait for clients to close them, and to take new ones.
 */
export async function closeConnections(server: Server, lingerMs: number): Promise<void> {
  const until = performance.now() + lingerMs;
  while (performance.now() < until && (await countConnections(server)) > 0) await look();
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A connection whose last answer ends from now on is closed too: kept alive, it would hold the server open.
  const looking = setInterval(() => {
    server.closeIdleConnections();
  }, LOOK_MS);
  await closed;
  clearInterval(looking);
}

function look(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

function countConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}
