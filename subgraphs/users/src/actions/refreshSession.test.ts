import { createHash } from 'node:crypto';
import { createSealer, type Identity } from '@foyer/platform';
import { createTestUsers, guest, PASSWORD, type Answer, type TestUsers } from '../testing/createTestUsers.js';

const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) {
  __typename ... on Refusal { code }
  ... on RefreshSessionPayload { tokens { accessToken refreshToken accessTokenExpiresAt refreshTokenExpiresAt } }
} }`;
const DAY = 86_400_000;
const agentOf = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 22);

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

  it('gives the token just replaced the same successor for 30 s, however often its device asks', async () => {
    const { refreshToken: first } = await users.login('lan@example.com');
    const second = await rotate(first);
    users.clock.advance(30_000);
    for (let again = 0; again < 3; again += 1) expect(await rotate(first)).toBe(second);
    const third = await rotate(second);
    expect(await rotate(second)).toBe(third);
    expect(await isOver(third)).toBe(false);
  });

  it.each([
    ['by its token, from anywhere', 'own', '198.51.100.7', 'Phone', false],
    ['by network and agent without a token', undefined, '2001:db8::2', 'Browser', false],
    ['not by another device’s token', 'other', '2001:db8::1', 'Browser', true],
    ['not from another network', undefined, '2001:db8:0:1::1', 'Browser', true],
    ['not by another agent', undefined, '2001:db8::1', 'Script', true],
    ['not without an agent', undefined, '2001:db8::1', undefined, true],
  ])('knows the same device %s', async (_, shows, address, agent, over) => {
    const { refreshToken, deviceToken } = await users.login('lan@example.com');
    const { deviceToken: other } = await users.login('lan@example.com');
    const browser: Identity = { kind: 'guest', address: '2001:db8::1', agent: agentOf('Browser') };
    const answer = await users.one(browser, REFRESH, { input: { refreshToken } });
    expect(answer.__typename).toBe('RefreshSessionPayload');
    const from: Identity = { kind: 'guest', address, ...(agent && { agent: agentOf(agent) }) };
    const shown = shows === 'own' ? deviceToken : shows === 'other' ? other : undefined;
    const again = await users.one(from, REFRESH, { input: { refreshToken, deviceToken: shown } });
    expect(again.code).toBe(over ? 'SESSION_OVER' : undefined);
    expect(await users.events('session.ended')).toHaveLength(over ? 1 : 0);
  });

  it('takes the token just replaced for stolen after 30 s', async () => {
    const { refreshToken: first, sessionId, userId } = await users.login('lan@example.com');
    const other = await users.login('lan@example.com');
    const second = await rotate(first);
    users.clock.advance(30_001);
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
    const both = await rotate(stolen);
    expect(await rotate(stolen)).toBe(both);
    const owners = await rotate(both);
    users.clock.advance(31_000);
    expect(await isOver(both)).toBe(true);
    expect(await isOver(owners)).toBe(true);
    expect(await users.events('session.ended')).toHaveLength(1);
  });

  it('gives twenty uses at once one successor, over two processes', async () => {
    let { refreshToken } = await users.login('lan@example.com');
    for (let round = 0; round < 3; round += 1) {
      const successors = await Promise.all(Array.from({ length: 20 }, () => rotate(refreshToken)));
      expect(new Set(successors).size).toBe(1);
      [refreshToken = ''] = successors;
    }
    expect(await users.events('session.ended')).toEqual([]);
  });

  it('derives what nobody can tell who knows the tokens before and the tables', async () => {
    const { refreshToken: first, sessionId } = await users.login('lan@example.com');
    const second = await rotate(first);
    const { rows } = await users.pool.query<{ dump: string }>(
      `select (select string_agg(r::text, '') from refresh_token r)
         || (select string_agg(s::text, '') from session s) as dump`,
    );
    expect(rows[0]?.dump).not.toContain(second);
    const thiefs = createSealer('another secret, of 32 characters or more');
    expect(thiefs.derive('refresh token', `${sessionId} ${first}`)).not.toBe(second);
    expect(users.sealer.derive('refresh token', `${sessionId} ${first}`)).toBe(second);
  });

  it('ends a session for good after 180 days, and its last access token with it', async () => {
    let { refreshToken } = await users.login('lan@example.com');
    const end = users.clock.now().getTime() + 180 * DAY;
    for (let turn = 0; turn < 8; turn += 1) {
      users.clock.advance(20 * DAY);
      refreshToken = await rotate(refreshToken);
    }
    users.clock.advance(20 * DAY - 60_000);
    const { tokens } = (await refresh(refreshToken)) as unknown as { tokens: Record<string, string> };
    expect(tokens['refreshTokenExpiresAt']).toBe(new Date(end).toISOString());
    expect(tokens['accessTokenExpiresAt']).toBe(new Date(end).toISOString());
    users.clock.advance(60_000);
    expect(await isOver(tokens['refreshToken'] as string)).toBe(true);
    expect(await users.events('user.security-alert')).toEqual([]);
  });

  it('ends a session that was older than that when the rule came', async () => {
    const { refreshToken, sessionId } = await users.login('lan@example.com');
    await users.pool.query("update session set created_at = created_at - interval '180 days' where id = $1", [
      sessionId,
    ]);
    expect(await isOver(refreshToken)).toBe(true);
  });

  it('refuses what is no token', async () => {
    expect(await isOver('')).toBe(true);
    expect(await isOver('x'.repeat(10_000))).toBe(true);
    await expect(isOver('a\u0000b')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
