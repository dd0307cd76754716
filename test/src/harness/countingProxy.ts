import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands before a server and counts the WebSockets that go through. */
export interface CountingProxy {
  readonly url: string;
  /** Open ones, now. */
  readonly open: number;
  /** All there ever were. */
  readonly opened: number;
  close(): Promise<void>;
}

/** Starts a proxy. @param target `http://127.0.0.1:4007`; asked at each connection: it may not be known yet. */
export async function startCountingProxy(target: () => string): Promise<CountingProxy> {
  const sockets = new Set<Socket>();
  let open = 0;
  let opened = 0;
  const server = createServer((incoming) => {
    const { hostname, port } = new URL(target());
    const outgoing = connect(Number(port), hostname);
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    incoming.once('data', (head) => {
      if (!/^upgrade: websocket\r$/im.test(head.toString('latin1'))) return;
      open += 1;
      opened += 1;
      incoming.once('close', () => {
        open -= 1;
      });
    });
    incoming.pipe(outgoing).pipe(incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get open() {
      return open;
    },
    get opened() {
      return opened;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
