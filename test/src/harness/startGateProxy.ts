import { createServer, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { Gate } from './gate.js';

/** Stands before the processes of a subgraph with a gate. */
export interface GateProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a proxy for requests over HTTP. @param targets where they go, in turn; asked at each. */
export async function startGateProxy(gate: Gate, targets: () => readonly string[]): Promise<GateProxy> {
  let turn = 0;
  const server = createServer((incoming, response) => {
    const pass = async (): Promise<void> => {
      const body = await buffer(incoming);
      await gate.pass(body.toString('utf8'));
      const urls = targets();
      const url = new URL(incoming.url ?? '/', urls[(turn += 1) % urls.length]);
      const outgoing = send(
        url,
        { method: incoming.method ?? 'GET', headers: incoming.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      // Whoever asked sees what they would without us: a connection that breaks.
      outgoing.on('error', () => response.destroy());
      outgoing.end(body);
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
