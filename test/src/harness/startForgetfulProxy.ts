import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands before a process. */
export interface ForgetfulProxy {
  readonly url: string;
  /** From now on what has this in its text is done, and nobody hears of it; null for nothing. */
  loseAnswersTo(text: string | null): void;
  close(): Promise<void>;
}

/** Starts a proxy for requests over HTTP. @param target where they go */
export async function startForgetfulProxy(target: string): Promise<ForgetfulProxy> {
  let lost: string | null = null;
  const server = createServer((incoming, response) => {
    const pass = async (): Promise<void> => {
      const body = await buffer(incoming);
      const { method = 'GET', headers, url = '/' } = incoming;
      const outgoing = send(new URL(url, target), { method, headers }, (answer) => {
        if (lost !== null && body.includes(lost)) {
          answer.resume().once('end', () => response.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      // Whoever asked sees what they would without us: a connection that breaks.
      outgoing.on('error', () => response.destroy());
      outgoing.end(body);
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseAnswersTo(text) {
      lost = text;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
