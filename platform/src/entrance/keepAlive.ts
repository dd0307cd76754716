import type { WebSocket } from 'ws';

const PING_MS = 12_000;

/** Asks the other side every 12 seconds whether it is there, and cuts it off where the last question has no answer. @returns ends that. */
export function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const asking = setInterval(() => {
    if (!answered) socket.terminate();
    else if (socket.readyState === socket.OPEN) {
      answered = false;
      socket.ping();
    }
  }, PING_MS);
  return () => {
    clearInterval(asking);
  };
}
