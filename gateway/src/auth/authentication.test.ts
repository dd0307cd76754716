import { createHmac } from 'node:crypto';
import {
  ACCESS_TOKEN,
  ADMISSION_TOKEN,
  createTokenSigner,
  identityToken,
  newId,
  type Keyring,
  type TokenKind,
} from '@foyer/platform';
import { createTestKeyring } from '@foyer/platform/testing';
import { createLibrary } from '../testing/library.js';
import { createWorld, type World } from '../testing/createWorld.js';

describe('access tokens', () => {
  const library = createLibrary();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(library.subgraphs);
  });
  afterAll(() => world.stop());

  const sign = (kind: TokenKind, keyring: Keyring, claims: object = {}): Promise<string> =>
    createTokenSigner(kind, keyring, world.clock).sign(
      { sub: newId(), sid: newId(), roles: ['USER'], scope: '', ...claims },
      600,
    );
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  const expectRefusal = async (authorization: string, reason: string): Promise<void> => {
    library.calls.splice(0);
    const answer = await world.send('{ whoAmI book(id: "b1") { title } }', { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      { message: expect.any(String), extensions: { code: 'UNAUTHENTICATED', reason } },
    ]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(library.calls).toEqual([]);
  };

  test('a living one names its person', async () => {
    const token = await sign(ACCESS_TOKEN, world.keyrings.users, { sub: 'somebody' });
    expect((await world.send('{ whoAmI }', { token })).data).toEqual({ whoAmI: 'somebody' });
  });

  test('none makes a guest', async () => {
    expect((await world.send('{ whoAmI }')).data).toEqual({ whoAmI: 'guest' });
  });

  test('an expired one is refused, also when it was good before', async () => {
    const token = await world.token({ lifetime: 60 });
    expect((await world.send('{ whoAmI }', { token })).status).toBe(200);
    world.clock.advance(61_000);
    await expectRefusal(`Bearer ${token}`, 'EXPIRED');
  });

  test('one signed by another key is refused', async () => {
    await expectRefusal(`Bearer ${await sign(ACCESS_TOKEN, createTestKeyring('access'))}`, 'INVALID');
  });

  test('one that names our key and was signed by another is refused', async () => {
    const { kid } = await world.keyrings.users.signingKey();
    const thief = createTestKeyring('access');
    const { privateKey } = await thief.signingKey();
    const forged = await sign(ACCESS_TOKEN, {
      ...thief,
      signingKey: () => Promise.resolve({ kid, privateKey }),
    });
    await expectRefusal(`Bearer ${forged}`, 'INVALID');
  });

  test('one without signature, or with a symmetric one, is refused', async () => {
    const { kid } = await world.keyrings.users.signingKey();
    const { keys } = await world.keyrings.users.jwks();
    const now = Math.floor(world.clock.now().getTime() / 1000);
    const claims = {
      iss: ACCESS_TOKEN.issuer,
      aud: ACCESS_TOKEN.audience,
      sub: 'x',
      sid: 'y',
      roles: ['ADMIN'],
      scope: '',
      iat: now,
      exp: now + 600,
    };
    const none = `${encode({ alg: 'none', typ: ACCESS_TOKEN.type, kid })}.${encode(claims)}.`;
    await expectRefusal(`Bearer ${none}`, 'INVALID');
    const unsigned = `${encode({ alg: 'HS256', typ: ACCESS_TOKEN.type, kid })}.${encode(claims)}`;
    const mac = createHmac('sha256', JSON.stringify(keys[0])).update(unsigned).digest('base64url');
    await expectRefusal(`Bearer ${unsigned}.${mac}`, 'INVALID');
  });

  test.each([
    ['for somebody else', { ...ACCESS_TOKEN, audience: 'foyer:orders' }],
    ['from somebody else', { ...ACCESS_TOKEN, issuer: 'foyer:waitroom' }],
    ['of another type', { ...ACCESS_TOKEN, type: 'JWT' }],
    ['that is an admission', ADMISSION_TOKEN],
    ['that is an identity for a subgraph', identityToken('gateway', 'users')],
  ])('one %s is refused', async (_, kind) => {
    await expectRefusal(`Bearer ${await sign(kind, world.keyrings.users)}`, 'INVALID');
  });

  test.each([{ sid: undefined }, { roles: ['KING'] }, { scope: 7 }])(
    'one with %j is refused',
    async (claims) => {
      await expectRefusal(`Bearer ${await sign(ACCESS_TOKEN, world.keyrings.users, claims)}`, 'INVALID');
    },
  );

  test.each([
    'Basic dXNlcjpwYXNz',
    'Bearer',
    'Bearer not-a-token',
    'Bearer a b',
    `Bearer ${'x'.repeat(5000)}`,
  ])('%.20s is refused', async (authorization) => {
    await expectRefusal(authorization, 'INVALID');
  });

  test('one whose session has ended is refused', async () => {
    const sessionId = newId();
    const token = await world.token({ sessionId });
    expect((await world.send('{ whoAmI }', { token })).status).toBe(200);
    world.endedSessions.add(sessionId, world.clock.now().getTime());
    await expectRefusal(`Bearer ${token}`, 'SESSION_ENDED');
  });

  test('while keys can’t be had nobody is taken for a guest', async () => {
    const lost = await createWorld(library.subgraphs, {
      accessTokens: { verify: () => Promise.reject(new Error('connect ECONNREFUSED')) },
    });
    const answer = await lost.send('{ whoAmI }', { token: 'a.b.c' });
    expect([answer.status, answer.data]).toEqual([503, undefined]);
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE' });
    await lost.stop();
  });
});
