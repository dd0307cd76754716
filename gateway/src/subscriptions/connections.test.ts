import { newId } from '@foyer/platform';
import WebSocket from 'ws';
import { waitUntil } from '@foyer/platform/testing';
import { createLibrary } from '../testing/library.js';
import { rawSocket, type Message, type RawSocket } from '../testing/rawSocket.js';
import { createWorld, type TokenWish, type World } from '../testing/createWorld.js';

const LOANS = 'subscription { loans { number } }';

describe('connections', () => {
  const library = createLibrary();
  const { loans } = library;
  let world: World;

  beforeEach(async () => {
    world = await createWorld(library.subgraphs, {
      subscriptions: { perSocket: 2, socketsPerAddress: 4, graceMs: 60_000 },
    });
  });
  afterEach(async () => {
    await world.stop();
    expect(world.gateway.connections).toBe(0);
    await waitUntil(() => loans.followers === 0);
  });

  const open = async (wish: TokenWish): Promise<RawSocket> => {
    const raw = rawSocket(world, { token: await world.token(wish) });
    expect((await raw.take()).type).toBe('connection_ack');
    return raw;
  };
  const codes = ({ payload }: Message): unknown[] =>
    (payload as { extensions: { code: unknown } }[]).map(({ extensions }) => extensions.code);

  test.each([
    [{ authorization: 'Bearer no' }, '4401 Token invalid'],
    [{ Authorization: 'Basic dXNlcg==' }, '4401 Token invalid'],
    [{ headers: { Authorization: 'Bearer no' } }, '4401 Token invalid'],
    [{ token: 'no' }, '4401 Token invalid'],
    [{ token: 7 }, '4401 Token invalid'],
    [{ token: { a: 1 } }, '4401 Token invalid'],
    [{ authorization: ['Bearer no'] }, '4401 Token invalid'],
    [{ headers: { Authorization: 7 } }, '4401 Token invalid'],
    [{ token: 'x'.repeat(20_000) }, '1009 Message too big'],
  ])('one with %j is closed', async (params, code) => {
    expect(await rawSocket(world, params).closed).toBe(code);
  });

  test.each([[undefined], [{ token: null }], [{ authorization: null, headers: {} }]])(
    'one with %j is a guest’s',
    async (params) => {
      const guest = rawSocket(world, params);
      expect((await guest.take()).type).toBe('connection_ack');
      // An empty name of an operation is none.
      guest.send({
        id: '1',
        type: 'subscribe',
        payload: { query: `query Q { a: whoAmI }`, operationName: '' },
      });
      const error = await guest.take();
      expect([error.type, codes(error)]).toEqual(['error', ['ONLY_SUBSCRIPTIONS']]);
    },
  );

  test('a ping with what is no token, or too much of one, ends it', async () => {
    const odd = await open({});
    odd.send({ type: 'ping', payload: { token: 7 } });
    expect(await odd.closed).toBe('4401 Token invalid');
    const large = await open({});
    large.send({ type: 'ping', payload: { token: 'x'.repeat(20_000) } });
    expect(await large.closed).toBe('1009 Message too big');
  });

  test('one with an expired token, or of an ended session, is closed', async () => {
    const token = await world.token({ lifetime: 10 });
    world.clock.advance(11_000);
    expect(await rawSocket(world, { token }).closed).toBe('4401 Token expired');
    const sessionId = newId();
    world.endedSessions.add(sessionId, world.clock.now().getTime());
    expect(await rawSocket(world, { token: await world.token({ sessionId }) }).closed).toBe(
      '4403 Session ended',
    );
  });

  test('one ends a minute after its token expired without renewal', async () => {
    const raw = await open({ lifetime: 600 });
    raw.subscribe('1', LOANS);
    await waitUntil(() => loans.followers === 1);
    world.clock.advance(659_000);
    expect(raw.socket.readyState).toBe(raw.socket.OPEN);
    world.clock.advance(1_000);
    expect(await raw.closed).toBe('4401 Token expired');
    await waitUntil(() => loans.followers === 0);
  });

  test('a ping renews it without reconnecting', async () => {
    const raw = await open({ userId: 'r1', lifetime: 600 });
    raw.subscribe('1', LOANS);
    await waitUntil(() => loans.followers === 1);
    world.clock.advance(500_000);
    raw.send({ type: 'ping', payload: { token: await world.token({ userId: 'r1', lifetime: 600 }) } });
    expect((await raw.take()).type).toBe('pong');
    world.clock.advance(500_000);
    loans.publish({ reader: 'r1', book: 'b1', number: 5 });
    expect(await raw.take()).toEqual({ id: '1', type: 'next', payload: { data: { loans: { number: 5 } } } });
    world.clock.advance(160_000);
    expect(await raw.closed).toBe('4401 Token expired');
  });

  test('a ping without a token renews nothing', async () => {
    const raw = await open({ lifetime: 600 });
    raw.send({ type: 'ping' });
    expect((await raw.take()).type).toBe('pong');
    world.clock.advance(660_000);
    expect(await raw.closed).toBe('4401 Token expired');
  });

  test('a ping with somebody else’s token, or a bad one, ends it', async () => {
    const stranger = await open({ userId: 'r1' });
    stranger.send({ type: 'ping', payload: { token: await world.token({ userId: 'r2' }) } });
    expect(await stranger.closed).toBe('4403 Another person');
    const guest = rawSocket(world);
    expect((await guest.take()).type).toBe('connection_ack');
    guest.send({ type: 'ping', payload: { token: await world.token() } });
    expect(await guest.closed).toBe('4403 Another person');
    const bad = await open({});
    bad.send({ type: 'ping', payload: { authorization: 'Bearer x' } });
    expect(await bad.closed).toBe('4401 Token invalid');
  });

  test('after a renewal with fewer scopes a subscription that needs them ends', async () => {
    const raw = await open({ userId: 'r1', scopes: ['loan:read-any'] });
    raw.subscribe('1', 'subscription { secretLoans { number } }');
    await waitUntil(() => loans.followers === 1);
    raw.send({ type: 'ping', payload: { token: await world.token({ userId: 'r1' }) } });
    expect((await raw.take()).type).toBe('pong');
    loans.publish({ reader: 'x', book: 'b1', number: 5 });
    const error = await raw.take();
    expect([error.type, codes(error)]).toEqual(['error', ['FORBIDDEN']]);
    await waitUntil(() => loans.followers === 0);
  });

  test('one ends when its session does, and no other', async () => {
    const sessionId = newId();
    const mine = await open({ userId: 'r1', sessionId });
    const other = await open({ userId: 'r1' });
    mine.subscribe('1', LOANS);
    other.subscribe('1', LOANS);
    await waitUntil(() => loans.followers === 2);
    world.endedSessions.add(sessionId, world.clock.now().getTime());
    expect(await mine.closed).toBe('4403 Session ended');
    await waitUntil(() => loans.followers === 1);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
  });

  test('a client that goes away leaves nothing behind', async () => {
    const raw = await open({ userId: 'r1' });
    raw.subscribe('1', LOANS);
    raw.subscribe('2', LOANS);
    await waitUntil(() => loans.followers === 2);
    raw.send({ id: '2', type: 'complete' });
    await waitUntil(() => loans.followers === 1);
    raw.socket.terminate();
    await waitUntil(() => loans.followers === 0 && world.gateway.connections === 0);
    const hasty = await open({ userId: 'r1' });
    hasty.subscribe('1', LOANS);
    hasty.send({ id: '1', type: 'complete' });
    hasty.subscribe('2', LOANS);
    hasty.socket.close();
    await hasty.closed;
    await waitUntil(() => loans.followers === 0 && world.gateway.connections === 0);
  });

  test('one carries a limited number of subscriptions at a time', async () => {
    const raw = await open({});
    raw.subscribe('1', LOANS);
    raw.subscribe('2', LOANS);
    raw.subscribe('3', LOANS);
    const error = await raw.take();
    expect([error.id, error.type, codes(error)]).toEqual(['3', 'error', ['TOO_MANY_SUBSCRIPTIONS']]);
    raw.send({ id: '1', type: 'complete' });
    await waitUntil(() => loans.followers === 1);
    raw.subscribe('4', LOANS);
    await waitUntil(() => loans.followers === 2);
  });

  test('an address has a limited number of them', async () => {
    const sockets = await Promise.all(Array.from({ length: 4 }, () => open({})));
    expect(await upgradeStatus({})).toBe(429);
    sockets[0]?.socket.close();
    await waitUntil(() => world.gateway.connections === 3);
    await waitUntil(() => sockets[0]?.socket.readyState === 3);
    await open({});
  });

  test('pages of other sites, and other paths, get none', async () => {
    expect(await upgradeStatus({ origin: 'https://evil.example' })).toBe(403);
    expect(await upgradeStatus({ path: '/other' })).toBe(404);
    const own = rawSocket(world, undefined, { origin: world.url });
    expect((await own.take()).type).toBe('connection_ack');
  });

  test('a stopping gateway closes them by name', async () => {
    const raw = await open({});
    raw.subscribe('1', LOANS);
    await waitUntil(() => loans.followers === 1);
    const stopped = world.gateway.stop();
    expect(await raw.closed).toBe('1001 Going away');
    await stopped;
  });

  test('nothing may be asked before the connection is acknowledged', async () => {
    const raw = rawSocket(world);
    raw.socket.removeAllListeners('open');
    raw.socket.on('open', () => raw.subscribe('1', LOANS));
    expect(await raw.closed).toBe('4401 Unauthorized');
  });

  /** The status that an upgrade is refused with. */
  function upgradeStatus({
    origin,
    path = '/graphql',
  }: {
    origin?: string;
    path?: string;
  }): Promise<number | undefined> {
    return new Promise((resolve) => {
      const socket = new WebSocket(world.url.replace('http', 'ws') + path, 'graphql-transport-ws', {
        ...(origin !== undefined && { origin }),
      });
      socket.on('unexpected-response', (_request, { statusCode }) => {
        resolve(statusCode);
      });
      socket.on('error', () => undefined);
    });
  }
});
