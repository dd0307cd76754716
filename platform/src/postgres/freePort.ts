import { createServer } from 'node:net';

/** Gives a TCP port of 127.0.0.1 that nobody listens on at this moment. */
export function findFreePort(): Promise<number> {
  return bind(0);
}

/** Whether somebody listens on this port of 127.0.0.1, or the port may not be used. */
export async function isPortTaken(port: number): Promise<boolean> {
  return await bind(port).then(
    () => false,
    () => true,
  );
}

function bind(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
