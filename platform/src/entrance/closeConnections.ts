import type { Server } from 'node:http';

const LOOK_MS = 50;
/** For so long clients may still take their answers, in milliseconds. */
const TAKE_MS = 3000;

/**
 * Closes a server once its connections are gone. Those without a request are closed by us only after the lingering: a
 * request that meets the end of its connection is lost, and its client can't know whether it was done. Nobody holds the
 * server open who sends nothing, or half a request, or does not take an answer: once nothing is being answered, those are
 * cut off after three seconds.
 * @param lingerMs how long to wait for clients to close them, and to take new ones.
 * @param answering whether any request is still without an answer.
 */
export async function closeConnections(
  server: Server,
  lingerMs: number,
  answering: () => boolean,
): Promise<void> {
  const until = performance.now() + lingerMs;
  while (performance.now() < until && (await countConnections(server)) > 0) await look();
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  let answeredAt = performance.now();
  const looking = setInterval(() => {
    // A connection whose last answer ends from now on is closed too: kept alive, it would hold the server open.
    server.closeIdleConnections();
    if (answering()) answeredAt = performance.now();
    else if (performance.now() - answeredAt >= TAKE_MS) server.closeAllConnections();
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
