import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeError } from '../health/describeError.js';
import { createHttpTransport } from './createHttpTransport.js';
import { NOT_READY, SubgraphUnavailable, type SubgraphTransport } from './subgraphTransport.js';

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

interface Instance {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  asked: number;
  behave: Behaviour;
}

const answer: Behaviour = (_request, response) => {
  response.end('{"data":{"name":"done"}}');
};
/** Takes the request and breaks the connection. */
const breakOff: Behaviour = (request) => {
  request.socket.resetAndDestroy();
};
const notReady: Behaviour = (_request, response) => {
  response.writeHead(503).end(`{"errors":[{"message":"Wait.","extensions":{"code":"${NOT_READY}"}}]}`);
};

async function startInstance(behave: Behaviour = answer, port = 0): Promise<Instance> {
  const server = createServer((request, response) => {
    instance.asked += 1;
    request.resume().once('end', () => {
      instance.behave(request, response);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const instance: Instance = {
    url: `http://127.0.0.1:${address.port}/graphql`,
    port: address.port,
    server,
    asked: 0,
    behave,
  };
  return instance;
}

describe('a transport to several instances', () => {
  let one: Instance;
  let two: Instance;
  let transport: SubgraphTransport;

  beforeEach(async () => {
    one = await startInstance();
    two = await startInstance();
    transport = createHttpTransport({ subgraph: 'orders', urls: [one.url, two.url] });
  });
  afterEach(async () => {
    await transport.close();
    for (const { server } of [one, two]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const ask = (query: string): ReturnType<SubgraphTransport['execute']> =>
    transport.execute({ query, identity: '', requestId: 'test' });
  const end = async ({ server }: Instance): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const done = { data: { name: 'done' } };

  it('spreads requests over them', async () => {
    for (let count = 0; count < 10; count += 1) expect(await ask('{ name }')).toEqual(done);
    expect([one.asked, two.asked]).toEqual([5, 5]);
  });

  it('passes over one that can not be connected to, for mutations too', async () => {
    await end(one);
    for (let count = 0; count < 6; count += 1) expect(await ask('mutation { name }')).toEqual(done);
    expect(two.asked).toBe(6);
  });

  it('passes over one that is not ready: it has done nothing', async () => {
    one.behave = notReady;
    for (let count = 0; count < 6; count += 1) expect(await ask('mutation { name }')).toEqual(done);
    expect(two.asked).toBe(6);
  });

  it('asks a query again whose connection broke, never a mutation', async () => {
    one.behave = breakOff;
    two.behave = breakOff;
    await expect(ask('mutation { name }')).rejects.toThrow(SubgraphUnavailable);
    expect(one.asked + two.asked).toBe(1);
    two.behave = answer;
    expect(await ask('query { name }')).toEqual(done);
    expect(await ask('{ name }')).toEqual(done);
  });

  it('asks a query once more where there is no other instance', async () => {
    const alone = createHttpTransport({ subgraph: 'orders', urls: [one.url] });
    one.behave = (...parts) => {
      (one.asked === 1 ? breakOff : answer)(...parts);
    };
    expect(await alone.execute({ query: '{ name }', identity: '', requestId: 'test' })).toEqual(done);
    expect(one.asked).toBe(2);
    one.behave = breakOff;
    await expect(alone.execute({ query: '{ name }', identity: '', requestId: 'test' })).rejects.toThrow(
      SubgraphUnavailable,
    );
    expect(one.asked).toBe(4);
    await alone.close();
  });

  it('leaves one that says it is going, and comes back to it', async () => {
    one.behave = (_request, response) => {
      response.setHeader('connection', 'close').end('{"data":{"name":"done"}}');
    };
    for (let count = 0; count < 6; count += 1) expect(await ask('mutation { name }')).toEqual(done);
    expect(one.asked).toBe(1);
    one.behave = answer;
    while (one.asked < 3) expect(await ask('{ name }')).toEqual(done);
  });

  it('says that the subgraph is not to be had when none answers, and asks again at once', async () => {
    await Promise.all([end(one), end(two)]);
    await expect(ask('{ name }')).rejects.toThrow(/orders is unavailable: .*ECONNREFUSED/);
    one = await startInstance(answer, one.port);
    expect(await ask('{ name }')).toEqual(done);
  });

  it('asks each by itself when somebody wants to know which is down', async () => {
    await end(two);
    const states = await Promise.all(
      (transport.instances ?? []).map(({ name, execute }) =>
        execute({ query: '{ name }', identity: '', requestId: 'test' }).then(
          () => `${name} ok`,
          (error: unknown) => `${name} ${describeError(error)}`,
        ),
      ),
    );
    expect(states[0]).toBe(`${one.url} ok`);
    expect(states[1]).toContain('ECONNREFUSED');
  });
});
