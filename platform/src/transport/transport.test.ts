import { GraphQLError, parse } from 'graphql';
import { Environment } from '../config/environment.js';
import { createLog } from '../log/createLog.js';
import { followLatest } from '../pubsub/followLatest.js';
import { createMemoryPubSub } from '../pubsub/pubSub.js';
import type { Identity } from '../identity/identity.js';
import type { RequestContext } from '../subgraph/context.js';
import { createSubgraph, type Subgraph } from '../subgraph/createSubgraph.js';
import { createIdentitySigner } from '../identity/identityTokens.js';
import { ACCESS_TOKEN } from '../identity/tokenKinds.js';
import { createTokenSigner } from '../identity/tokens.js';
import { systemClock } from '../clock/clock.js';
import { createTestPlatform, guest, person } from '../testing/createTestPlatform.js';
import { waitUntil } from '../testing/waitUntil.js';
import { newId } from '../values/newId.js';
import { createHttpTransport } from './createHttpTransport.js';
import { subgraphTimeout } from './subgraphTimeout.js';
import { SubgraphUnavailable, type SubgraphTransport } from './subgraphTransport.js';

const typeDefs = parse(`
  type Query { whoAmI: String! echo(value: Payload!): Payload! sum(of: [Int]): Int crash: String refuse: String hang: String }
  type Subscription { count: Count! slowly: Count! }
  scalar Payload
  type Count { version: Int! owner: String! }
`);

let release: () => void = () => undefined;
/** A token whose session has ended. */
let ended: string | null = null;
const pubsub = createMemoryPubSub();
let attached = 0;
let everAttached = 0;
let asked = 0;
const nameOf = (identity: Identity): string => (identity.kind === 'user' ? identity.userId : identity.kind);
const counting: typeof pubsub = {
  ...pubsub,
  subscribe(channel, listener) {
    attached += 1;
    everAttached += 1;
    const detach = pubsub.subscribe(channel, listener);
    return () => {
      attached -= 1;
      detach();
    };
  },
};
let version = 1;

const TIMEOUT = { SUBGRAPH_TIMEOUT_MS: '2000' };
const platform = createTestPlatform({ environment: TIMEOUT });
let subgraph: Subgraph;
let http: SubgraphTransport;
let url: string;

const createCatalog = (): Subgraph =>
  createSubgraph<RequestContext>({
    name: 'catalog',
    context: {
      ...platform.contextFor('catalog'),
      log: createLog('test', 'silent'),
      sessionLives: (token) => Promise.resolve(token !== ended),
    },
    typeDefs,
    resolvers: {
      Query: {
        whoAmI: (_: unknown, _arguments: unknown, { identity }: RequestContext) => nameOf(identity),
        echo: (_: unknown, { value }: { value: unknown }) => value,
        crash: () => {
          throw new Error('the password is hunter2');
        },
        refuse: () => {
          throw new GraphQLError('Not today.', { extensions: { code: 'FORBIDDEN' } });
        },
        hang: () => new Promise<void>((resolve) => (release = resolve)),
      },
      Subscription: {
        count: {
          subscribe: (_: unknown, _arguments: unknown, { identity }: RequestContext) =>
            followLatest({
              pubsub: counting,
              channel: 'count',
              read: () => Promise.resolve({ version, owner: nameOf(identity) }),
              versionOf: (value) => value.version,
            }),
          resolve: (value: unknown) => value,
        },
        slowly: {
          subscribe: async () => {
            asked += 1;
            await new Promise<void>((resolve) => (release = resolve));
            return followLatest({
              pubsub: counting,
              channel: 'count',
              read: () => Promise.resolve({ version, owner: '' }),
              versionOf: (value) => value.version,
            });
          },
          resolve: (value: unknown) => value,
        },
      },
    },
    requestContext: (base) => base,
    components: [],
    healthChecks: {},
  });

beforeAll(async () => {
  subgraph = createCatalog();
  await subgraph.start();
  url = await subgraph.listen('127.0.0.1', 0);
  const timeoutMs = subgraphTimeout(new Environment(TIMEOUT));
  http = createHttpTransport({ subgraph: 'catalog', urls: [`${url}/graphql`], timeoutMs });
});

afterAll(async () => {
  await http.close();
  await subgraph.stop();
});

const signer = createIdentitySigner('gateway', platform.keyrings.gateway, systemClock);
const requestAs = async (identity: Identity, query: string, variables?: Record<string, unknown>) => ({
  query,
  variables,
  identity: await signer.sign(identity, 'catalog'),
  requestId: newId(),
});

describe.each<[string, () => SubgraphTransport]>([
  ['in-process', () => subgraph.transport],
  ['over HTTP', () => http],
])('the subgraph transport %s', (_, transport) => {
  it('carries the identity of each request', async () => {
    const [first, second] = [person(), person()];
    const [one, two, three] = await Promise.all(
      [first, second, guest].map(async (each) => transport().execute(await requestAs(each, '{ whoAmI }'))),
    );
    expect([one?.data, two?.data, three?.data]).toEqual([
      { whoAmI: first.userId },
      { whoAmI: second.userId },
      { whoAmI: 'guest' },
    ]);
  });

  it('shares no object with the subgraph', async () => {
    const value = { list: [1] };
    const request = await requestAs(guest, 'query ($value: Payload!) { echo(value: $value) }', { value });
    const { data } = await transport().execute(request);
    expect(data).toEqual({ echo: value });
    (data as { echo: { list: number[] } }).echo.list.push(2);
    expect(value).toEqual({ list: [1] });
  });

  it.each([
    ['no identity', ''],
    ['a forged one', 'a.b.c'],
  ])('refuses %s', async (_name, identity) => {
    const { data, errors } = await transport().execute({ query: '{ whoAmI }', identity, requestId: newId() });
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it('masks faults and lets intended errors through', async () => {
    const { data, errors } = await transport().execute(await requestAs(guest, '{ crash refuse whoAmI }'));
    expect(data).toEqual({ crash: null, refuse: null, whoAmI: 'guest' });
    const byPath = Object.fromEntries((errors ?? []).map((error) => [error.path?.join('.'), error]));
    expect(byPath['crash']?.extensions?.['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(errors)).not.toContain('hunter2');
    expect(byPath['refuse']).toMatchObject({ message: 'Not today.', extensions: { code: 'FORBIDDEN' } });
  });

  it('lists fifty errors of bad input at most, in short', async () => {
    const query = 'query ($ids: [Int]) { sum(of: $ids) }';
    const ids = Array.from({ length: 1000 }, () => 'x'.repeat(900));
    const { errors } = await transport().execute(await requestAs(guest, query, { ids }));
    expect(errors?.length).toBe(51);
    expect(JSON.stringify(errors).length).toBeLessThan(50_000);
    const long = await transport().execute(
      await requestAs(guest, query, { ids: Array.from({ length: 1001 }, () => 1) }),
    );
    expect(long.errors).toEqual([
      {
        message: 'The variable $ids is too large: a list has at most 1000 items, not 1001.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('runs nothing whose operation is not certain', async () => {
    const two = 'query A { whoAmI } query B { crash }';
    for (const operationName of [undefined, '', 'C']) {
      const { data, errors } = await transport().execute({ ...(await requestAs(guest, two)), operationName });
      expect(data ?? null).toBeNull();
      expect(errors?.[0]?.extensions?.['code']).toBe('OPERATION_RESOLUTION_FAILURE');
    }
    const one = { ...(await requestAs(guest, 'query A { whoAmI }')), operationName: '' };
    expect((await transport().execute(one)).data).toEqual({ whoAmI: 'guest' });
  });

  it('says what is wrong with a subscription', async () => {
    for (const [query, code] of [
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription ($a: Int!) { count { version @include(if: $a) } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription ($a: Boolean!) { count { version @include(if: $a) } }', 'BAD_USER_INPUT'],
      ['{ whoAmI }', 'ONLY_SUBSCRIPTIONS'],
    ] as const) {
      const stream = await transport().subscribe(await requestAs(guest, query));
      expect((await stream.next()).value).toMatchObject({ errors: [{ extensions: { code } }] });
    }
  });

  it('says what is wrong with a document', async () => {
    const { errors } = await transport().execute(await requestAs(guest, '{ nothing }'));
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  });

  it('is unavailable, not silent, when it does not answer in time', async () => {
    const answer = transport().execute(await requestAs(guest, '{ hang }'));
    await expect(answer).rejects.toThrow('no answer within 2000 ms');
    release();
  });

  it('gives up when the caller does', async () => {
    const controller = new AbortController();
    const answer = transport().execute({
      ...(await requestAs(guest, '{ hang }')),
      signal: controller.signal,
    });
    controller.abort();
    await expect(answer).rejects.toBeInstanceOf(SubgraphUnavailable);
    release();
  });

  it('carries many people over one way, each with their own identity, and leaves nothing behind', async () => {
    const people = [person(), person()];
    const streams = await Promise.all(
      people.map(async (each) =>
        transport().subscribe(await requestAs(each, 'subscription { count { version owner } }')),
      ),
    );
    const firsts = await Promise.all(streams.map((stream) => stream.next()));
    expect(
      firsts.map(({ value }) => (value as { data: { count: { owner: string } } }).data.count.owner),
    ).toEqual(people.map(({ userId }) => userId));
    version += 1;
    pubsub.publish('count', '');
    const seconds = await Promise.all(streams.map((stream) => stream.next()));
    expect(
      seconds.map(({ value }) => (value as { data: { count: { version: number } } }).data.count.version),
    ).toEqual([version, version]);
    for (const stream of streams) await stream.return?.();
    const deadline = Date.now() + 5000;
    while (attached > 0 && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    expect(attached).toBe(0);
  });

  it('leaves nothing behind of a subscription that is left while it begins', async () => {
    const controller = new AbortController();
    const before = asked;
    const began = transport().subscribe({
      ...(await requestAs(guest, 'subscription { slowly { version } }')),
      signal: controller.signal,
    });
    // Over HTTP it begins with the first value that is asked for.
    const first = began.then((stream) => stream.next());
    first.catch(() => undefined);
    await waitUntil(() => asked > before);
    controller.abort();
    await began.then(
      (stream) => stream.return?.(),
      (error: unknown) => {
        expect(error).toBeInstanceOf(SubgraphUnavailable);
      },
    );
    const attachments = everAttached;
    release();
    // It was attached after all, and detached.
    await waitUntil(() => everAttached > attachments && attached === 0);
  });

  it('refuses a subscription without identity as a result', async () => {
    const stream = await transport().subscribe({
      query: 'subscription { count { version } }',
      identity: 'no',
      requestId: newId(),
    });
    expect((await stream.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});

describe('a subgraph on its own port', () => {
  const post = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { data?: object; errors?: { extensions: { code: string } }[] },
    };
  };

  it('takes `_service` without identity in development, as rover asks for it, and nothing else', async () => {
    expect((await post('{ _service { sdl } }')).body.data).toBeDefined();
    expect(await post('{ whoAmI }')).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    expect((await post('{ _service { sdl } whoAmI }')).status).toBe(401);
  });

  it('takes a person’s own token in development, while the session lives', async () => {
    const { userId, sessionId, role, scopes } = person();
    const claims = { sub: userId, sid: sessionId, roles: [role], scope: scopes.join(' ') };
    const token = await createTokenSigner(ACCESS_TOKEN, platform.keyrings.users, systemClock).sign(
      claims,
      60,
    );
    const headers = { authorization: `Bearer ${token}` };
    expect((await post('{ whoAmI }', headers)).body.data).toEqual({ whoAmI: userId });
    ended = token;
    expect(await post('{ whoAmI }', headers)).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
  });

  it('sends security headers with every answer', async () => {
    for (const path of ['/graphql', '/health/live', '/nowhere']) {
      const { headers } = await fetch(url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "frame-ancestors 'none'",
      });
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  it('refuses other methods, and what is no request, before anybody is asked who they are', async () => {
    const put = await fetch(`${url}/graphql`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${url}/graphql`)).status).toBe(405);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect(await post('')).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    });
  });

  it('answers about its health, and publishes its keys', async () => {
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ ready: true, dependencies: {} });
    expect(await (await fetch(`${url}/.well-known/jwks.json`)).json()).toEqual({ keys: [] });
  });

  it('is subscribed to where another instance is down, and the subscription ends with its instance', async () => {
    const second = createCatalog();
    await second.start();
    const secondUrl = await second.listen('127.0.0.1', 0);
    const urls = ['http://127.0.0.1:9/graphql', `${secondUrl}/graphql`];
    const transport = createHttpTransport({ subgraph: 'catalog', urls });
    const subscribe = async () =>
      transport.subscribe(await requestAs(guest, 'subscription { count { version owner } }'));
    const streams = await Promise.all([subscribe(), subscribe()]);
    const present = { data: { count: { version, owner: 'guest' } } };
    for (const stream of streams) expect((await stream.next()).value).toMatchObject(present);
    const rest = streams.map((stream) => stream.next());
    for (const each of rest) each.catch(() => undefined);
    await second.stop();
    for (const each of rest)
      await expect(each).rejects.toThrow('the connection was closed (1001 Going away)');
    await expect((await subscribe()).next()).rejects.toBeInstanceOf(SubgraphUnavailable);
    await transport.close();
  });
});
