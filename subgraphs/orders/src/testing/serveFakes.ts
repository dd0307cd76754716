import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Fakes } from './createFakes.js';

/** Has the fakes answer over HTTP, so that they outlive the process that asks them. */
export async function serveFakes(fakes: Fakes): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const { query, variables } = JSON.parse(await text(request)) as {
        readonly query: string;
        readonly variables: Readonly<Record<string, unknown>>;
      };
      response.setHeader('content-type', 'application/json');
      try {
        response.end(JSON.stringify({ data: await fakes.answer(query, variables) }));
      } catch {
        response.destroy();
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
