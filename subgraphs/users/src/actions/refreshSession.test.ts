import { createTestUsers, guest, PASSWORD, type Answer, type TestUsers } from '../testing/createTestUsers.js';

const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) {
  __typename ... on Refusal { code }
  ... on RefreshSessionPayload { tokens { accessToken refreshToken accessTokenExpiresAt refreshTokenExpiresAt } }
} }`;
const DAY = 86_400_000;

describe('refreshSession', () => {
  let users: TestUsers;

  beforeEach(async () => {
    users = await createTestUsers({}, 2);
    await users.seeding.createAccount({ email: 'lan@example.com', password: PASSWORD, name: 'Lan' });
  });

  afterEach(async () => {
    await users.stop();
  });

  const refresh = (refreshToken: string, from?: string): Promise<Answer> =>
    users.one(guest(from), REFRESH, { input: { refreshToken } });

  /** @returns the successor. */
  async function rotate(refreshToken: string): Promise<string> {
    const answer = await refresh(refreshToken);
    expect(answer.__typename).toBe('RefreshSessionPayload');
    return (answer['tokens'] as { refreshToken: string }).refreshToken;
  }

  async function isOver(refreshToken: string): Promise<boolean> {
    return (await refresh(refreshToken)).code === 'SESSION_OVER';
  }

  it('gives new tokens of the same session, for ten minutes and thirty days', async () => {
    const { refreshToken, sessionId } = await users.login('lan@example.com');
    users.clock.advance(9 * 60_000);
    const { tokens } = (await refresh(refreshToken)) as unknown as { tokens: Record<string, string> };
    const now = users.clock.now().getTime();
    expect(tokens['accessTokenExpiresAt']).toBe(new Date(now + 600_000).toISOString());
    expect(tokens['refreshTokenExpiresAt']).toBe(new Date(now + 30 * DAY).toISOString());
    const claims = JSON.parse(
      Buffer.from((tokens['accessToken'] as string).split('.')[1] ?? '', 'base64url').toString(),
    ) as object;
    expect(claims).toMatchObject({
      sid: sessionId,
      roles: ['USER'],
      iss: 'foyer:users',
      aud: 'foyer:gateway',
    });
    expect((claims as { scope: string }).scope.split(' ')).toContain('order:place');
  });

  it('goes on for as long as it is used within thirty days', async () => {
    let { refreshToken } = await users.login('lan@example.com');
    for (let month = 0; month < 3; month += 1) {
      users.clock.advance(29 * DAY);
      refreshToken = await rotate(refreshToken);
    }
    users.clock.advance(30 * DAY);
    expect(await isOver(refreshToken)).toBe(true);
    expect(await users.events('user.security-alert')).toEqual([]);
  });

  it('accepts the token just replaced once more within 30 s, and both successors go on', async () => {
    const { refreshToken: first } = await users.login('lan@example.com');
    const second = await rotate(first);
    users.clock.advance(30_000);
    const other = await rotate(first);
    expect(other).not.toBe(second);
    const third = await rotate(second);
    expect(await isOver(other)).toBe(false);
    expect(await isOver(third)).toBe(false);
  });

  it.each([
    ['a second time', 0, 1],
    ['after 30 s', 30_001, 0],
  ])('takes the token just replaced for stolen %s', async (_, wait, graces) => {
    const { refreshToken: first, sessionId, userId } = await users.login('lan@example.com');
    const other = await users.login('lan@example.com');
    const second = await rotate(first);
    for (let grace = 0; grace < graces; grace += 1) await rotate(first);
    users.clock.advance(wait);
    expect(await isOver(first)).toBe(true);
    expect(await isOver(second)).toBe(true);
    expect(await users.events('session.ended')).toMatchObject([
      { data: { sessionId, userId, reason: 'TOKEN_REUSED' } },
    ]);
    expect(
      (await users.events<{ kind: string }>('user.security-alert')).map(({ data }) => data.kind),
    ).toEqual(['NEW_DEVICE', 'REFRESH_TOKEN_REUSED']);
    expect(await isOver(other.refreshToken)).toBe(false);
  });

  it('takes an older token for stolen at once', async () => {
    const { refreshToken: first } = await users.login('lan@example.com');
    const third = await rotate(await rotate(first));
    expect(await isOver(first)).toBe(true);
    expect(await isOver(third)).toBe(true);
  });

  it('lets a thief and the owner not go on side by side', async () => {
    const { refreshToken: stolen } = await users.login('lan@example.com');
    const owners = await rotate(stolen);
    const thiefs = await rotate(stolen);
    users.clock.advance(9 * 60_000);
    await rotate(owners);
    users.clock.advance(31_000);
    expect(await isOver(thiefs)).toBe(true);
    expect(await users.events('session.ended')).toHaveLength(1);
  });

  it('gives two of two uses at once a successor each, over two processes', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { refreshToken } = await users.login('lan@example.com');
      const [one, other] = await Promise.all([rotate(refreshToken), rotate(refreshToken)]);
      expect(one).not.toBe(other);
      await rotate(one);
      await rotate(other);
    }
  });

  it('gives no more than two of twenty uses at once a successor', async () => {
    const { refreshToken } = await users.login('lan@example.com');
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    expect(answers.filter(({ __typename }) => __typename === 'RefreshSessionPayload')).toHaveLength(2);
    expect(await users.events('session.ended')).toHaveLength(1);
  });

  it('refuses what is no token', async () => {
    expect(await isOver('')).toBe(true);
    expect(await isOver('x'.repeat(10_000))).toBe(true);
    expect(await isOver('a\u0000b')).toBe(true);
  });
});
