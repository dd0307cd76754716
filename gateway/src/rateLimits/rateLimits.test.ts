import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { createMemoryRateLimiter, type SubgraphRequest } from '@foyer/platform';
import { createWorld, type World } from '../testing/createWorld.js';
import { createLibrary } from '../testing/library.js';
import { createRequestCounter } from './createRequestCounter.js';

describe('requests', () => {
  const library = createLibrary();
  const limits = { guestPerMinute: 3, personPerMinute: 5, networkPerMinute: 12 };
  let world: World;

  beforeEach(async () => {
    world = await createWorld(library.subgraphs, { requestLimits: limits, trustedProxies: 1 });
  });
  afterEach(() => world.stop());

  const send = (from: string, token?: string) =>
    world.send('{ whoAmI }', { headers: { 'x-forwarded-for': from }, ...(token !== undefined && { token }) });
  const statuses = async (times: number, from: string, token?: string): Promise<readonly number[]> =>
    (await Promise.all(Array.from({ length: times }, () => send(from, token)))).map(({ status }) => status);
  const counted = (all: readonly number[]): number => all.filter((status) => status === 200).length;

  test('of guests are counted by network, also at once, and what is past is said in headers', async () => {
    expect(counted(await statuses(8, '203.0.113.5'))).toBe(3);
    const answer = await send('203.0.113.5');
    expect([answer.status, answer.data]).toEqual([429, undefined]);
    const [error] = answer.errors ?? [];
    const { code, retryAfter } = error?.extensions as { code: string; retryAfter: number };
    expect(code).toBe('RATE_LIMITED');
    expect(answer.headers.get('retry-after')).toBe(String(retryAfter));
    expect(answer.headers.get('ratelimit-policy')).toBe('"guest";q=3;w=60');
    expect(answer.headers.get('ratelimit')).toBe(`"guest";r=0;t=${retryAfter}`);
    expect((await send('203.0.113.6')).headers.get('ratelimit')).toBe('"guest";r=2');
  });

  test('from a whole /64 are those of one network', async () => {
    const from = (host: number) => statuses(1, `2001:db8:0:1::${String(host)}`);
    const all = await Promise.all([1, 2, 3, 4, 5].map(from));
    expect(counted(all.flat())).toBe(3);
    expect(await statuses(1, '2001:db8:0:2::1')).toEqual([200]);
  });

  test('of people are counted by person, wherever they are', async () => {
    const token = await world.token({ userId: 'lan' });
    const places = [1, 2, 3, 4, 5, 6, 7].map((host) => statuses(1, `203.0.113.${String(host)}`, token));
    expect(counted((await Promise.all(places)).flat())).toBe(5);
    expect(await statuses(1, '203.0.113.1', await world.token({ userId: 'minh' }))).toEqual([200]);
  });

  test('of people who are made up at one network are counted together', async () => {
    const tokens = await Promise.all([1, 2, 3, 4].map(() => world.token()));
    const all = await Promise.all(tokens.map((token) => statuses(5, '203.0.113.5', token)));
    expect(counted(all.flat())).toBe(12);
  });

  test('with what is no token are those of a guest', async () => {
    const all = await statuses(5, '203.0.113.5', 'no token');
    expect(all.filter((status) => status === 401)).toHaveLength(3);
    expect(all.filter((status) => status === 429)).toHaveLength(2);
  });

  test('without limits are not counted', async () => {
    const counter = createRequestCounter(createMemoryRateLimiter(), {
      guestPerMinute: 0,
      personPerMinute: 0,
      networkPerMinute: 0,
    });
    expect(await counter.count({ kind: 'guest', address: '203.0.113.5' })).toEqual({});
  });
});

describe('an answer', () => {
  test('says in a header, readable by browsers, when to try again', async () => {
    const limited = (retryAfter: unknown) =>
      new GraphQLError('Too many.', { extensions: { code: 'RATE_LIMITED', retryAfter } });
    const world = await createWorld(
      {
        one: {
          sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
            type Query { fine: Int late(seconds: Int!): Int }
            type Mutation { join: Refused }
            type Refused { retryAfter: Int }`,
          resolvers: {
            Query: {
              fine: () => 1,
              late: (_: unknown, { seconds }: { seconds: number }) => {
                throw limited(seconds);
              },
            },
            Mutation: { join: () => ({ retryAfter: 17 }) },
          },
        },
      },
      { origins: ['https://shop.example'] },
    );
    const header = async (query: string): Promise<string | undefined> =>
      (await world.send(query)).headers.get('retry-after');
    expect(await header('{ fine }')).toBeUndefined();
    expect(await header('{ fine late(seconds: 30) more: late(seconds: 40) }')).toBe('40');
    expect(await header('{ late(seconds: -1) }')).toBeUndefined();
    expect(await header('mutation { join { retryAfter } }')).toBe('17');
    const { headers } = await world.send('{ fine }', { headers: { origin: 'https://shop.example' } });
    for (const name of ['retry-after', 'ratelimit', 'ratelimit-policy'])
      expect(headers.get('access-control-expose-headers')).toContain(name);
    await world.stop();
  });
});

test('a subgraph hears which client asks, by a digest', async () => {
  const seen: SubgraphRequest[] = [];
  const world = await createWorld(createLibrary().subgraphs, { watch: (each) => seen.push(each) });
  await world.send('{ whoAmI }', { headers: { 'user-agent': 'A browser' } });
  const claims = JSON.parse(Buffer.from(seen[0]?.identity?.split('.')[1] ?? '', 'base64url').toString()) as {
    identity: { agent: string };
  };
  expect(claims.identity.agent).toBe(
    createHash('sha256').update('A browser').digest('base64url').slice(0, 22),
  );
  await world.stop();
});
