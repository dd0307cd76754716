import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: what ends and starts again finds its port still free. */
const LOWEST = 20_000;
const HIGHEST = 31_999;

/** A port of the loopback that nobody listens on now and no outgoing connection will be given. @param taken not these. */
export async function freePort(taken: readonly number[]): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
}

/** Whether a port of the loopback can be listened on. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
