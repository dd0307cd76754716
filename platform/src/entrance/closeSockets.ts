import type { WebSocketServer } from 'ws';

const ANSWER_MS = 1000;

/**
 * Ends every WebSocket with close code 1001, "Going away": its client connects again, to another instance. One that does
 * not answer within a second is cut off.
 * @param dispose graphql-ws's: resolves when all are gone.
 */
export async function closeSockets(
  sockets: WebSocketServer,
  dispose: () => void | Promise<void>,
): Promise<void> {
  for (const client of sockets.clients) client.close(1001, 'Going away');
  const cut = setTimeout(() => {
    for (const client of sockets.clients) client.terminate();
  }, ANSWER_MS);
  try {
    await dispose();
  } finally {
    clearTimeout(cut);
  }
}
