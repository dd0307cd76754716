import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';

/** What becomes of webhooks. */
export interface WebhookWeather {
  /** How often each is sent on. 0: its sender is told that it came, and it did not. */
  readonly copies: number;
  /** How long it is on its way, in milliseconds. */
  readonly delayMs: number;
}

/** Stands before the address that webhooks go to. */
export interface WebhookProxy {
  readonly url: string;
  /** From now on. */
  weather: WebhookWeather;
  /** How many have come in foul weather. */
  readonly hit: number;
  close(): Promise<void>;
}

/** Webhooks arrive, once and at once. */
export const FAIR: WebhookWeather = { copies: 1, delayMs: 0 };

/** Starts a proxy. @param target where webhooks belong, asked at each: it may not be known yet. */
export async function startWebhookProxy(target: () => string): Promise<WebhookProxy> {
  let weather = FAIR;
  let hit = 0;
  const server = createServer((request, response) => {
    const present = weather;
    if (present !== FAIR) hit += 1;
    const pass = async (): Promise<void> => {
      const body = await buffer(request);
      await delay(present.delayMs);
      if (present.copies === 0) {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}');
        return;
      }
      const send = () =>
        fetch(target(), {
          method: 'POST',
          headers: {
            'content-type': request.headers['content-type'] ?? '',
            'sandbox-signature': String(request.headers['sandbox-signature']),
          },
          body,
        });
      const answers = await Promise.all(Array.from({ length: present.copies }, send));
      const [first] = answers as [Response, ...Response[]];
      response.writeHead(first.status, { 'content-type': 'application/json' }).end(await first.text());
    };
    // Nobody answers there: the sender will see it, and come again.
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/sandbox`,
    get weather() {
      return weather;
    },
    set weather(next) {
      weather = next;
    },
    get hit() {
      return hit;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
