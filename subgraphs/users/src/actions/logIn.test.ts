import { createTestUsers, guest, PASSWORD, type Answer, type TestUsers } from '../testing/createTestUsers.js';

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) {
  __typename ... on Refusal { code message } ... on LoginLocked { retryAfter } ... on LoginPayload { deviceToken session { id } }
} }`;
const MINUTE = 60_000;

describe('logIn', () => {
  let users: TestUsers;

  beforeEach(async () => {
    users = await createTestUsers({}, 2);
    await users.seeding.createAccount({ email: 'lan@example.com', password: PASSWORD, name: 'Lan' });
  });

  afterEach(async () => {
    await users.stop();
  });

  const attempt = (
    email: string,
    password: string,
    from = '203.0.113.5',
    deviceToken?: string,
  ): Promise<Answer> => users.one(guest(from), LOGIN, { input: { email, password, deviceToken } });

  async function fail(
    email: string,
    times: number,
    from?: string,
    deviceToken?: string,
  ): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (let index = 0; index < times; index += 1)
      answers.push(await attempt(email, 'Wrong-Harbour-71', from, deviceToken));
    return answers;
  }

  it('answers alike whether or not there is an account, locked or not', async () => {
    const known = [...(await fail('lan@example.com', 6)), await attempt('lan@example.com', PASSWORD)];
    const unknown = [...(await fail('nobody@example.com', 6)), await attempt('nobody@example.com', PASSWORD)];
    expect(known).toEqual(unknown);
    expect(known.map(({ code }) => code)).toEqual([
      ...Array.from({ length: 5 }, () => 'WRONG_CREDENTIALS'),
      'LOGIN_LOCKED',
      'LOGIN_LOCKED',
    ]);
    expect(known.at(-1)).toMatchObject({ retryAfter: 900 });
    expect(await attempt('no\u0000body', PASSWORD)).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('locks account and address together, for 15 minutes, and tells the owner once', async () => {
    await fail('lan@example.com', 8);
    expect((await attempt('lan@example.com', PASSWORD)).code).toBe('LOGIN_LOCKED');
    expect((await attempt('lan@example.com', PASSWORD, '198.51.100.7')).__typename).toBe('LoginPayload');
    users.clock.advance(15 * MINUTE - 1);
    expect((await attempt('lan@example.com', PASSWORD)).code).toBe('LOGIN_LOCKED');
    users.clock.advance(1);
    expect((await attempt('lan@example.com', PASSWORD)).__typename).toBe('LoginPayload');
    const alerts = await users.events<{ kind: string }>('user.security-alert');
    expect(alerts.map(({ data }) => data.kind)).toEqual(['ACCOUNT_LOCKED', 'NEW_DEVICE']);
    expect(alerts[0]?.data).toMatchObject({ address: '203.0.113.5', email: 'lan@example.com' });
    expect(alerts[1]?.data).toHaveProperty('deviceName');
  });

  it('does not fill the owner’s mailbox, from however many addresses', async () => {
    for (let from = 0; from < 12; from += 1) await fail('lan@example.com', 5, `198.51.100.${String(from)}`);
    expect((await users.events('user.security-alert')).length).toBeLessThanOrEqual(10);
  });

  it('is forgotten by a log-in that succeeds', async () => {
    await fail('lan@example.com', 4);
    expect((await attempt('lan@example.com', PASSWORD)).__typename).toBe('LoginPayload');
    expect((await fail('lan@example.com', 4)).map(({ code }) => code)).not.toContain('LOGIN_LOCKED');
  });

  it('lets a known device in whatever others do at its address, and locks it by its own failures only', async () => {
    const { deviceToken } = await users.login('lan@example.com');
    await fail('lan@example.com', 10);
    expect((await attempt('lan@example.com', PASSWORD)).code).toBe('LOGIN_LOCKED');
    const known = await attempt('lan@example.com', PASSWORD, '203.0.113.5', deviceToken);
    expect(known).toMatchObject({ __typename: 'LoginPayload', deviceToken });
    const own = await fail('lan@example.com', 6, '203.0.113.5', deviceToken);
    expect(own.map(({ code }) => code).at(-1)).toBe('LOGIN_LOCKED');
  });

  it('takes no device token of another account', async () => {
    await users.seeding.createAccount({ email: 'rival@example.com', password: PASSWORD, name: 'Rival' });
    const { deviceToken } = await users.login('rival@example.com');
    await fail('lan@example.com', 5, '203.0.113.5', deviceToken);
    expect((await attempt('lan@example.com', PASSWORD)).code).toBe('LOGIN_LOCKED');
    expect((await attempt('rival@example.com', PASSWORD, '203.0.113.5', deviceToken)).__typename).toBe(
      'LoginPayload',
    );
  });

  it('counts a whole /64 as one address', async () => {
    for (let from = 1; from <= 5; from += 1)
      await fail('lan@example.com', 1, `2001:db8:0:1::${String(from)}`);
    expect((await attempt('lan@example.com', PASSWORD, '2001:db8:0:1:ffff::9')).code).toBe('LOGIN_LOCKED');
    expect((await attempt('lan@example.com', PASSWORD, '2001:db8:0:2::9')).__typename).toBe('LoginPayload');
  });

  it('slows unknown devices down after failures from everywhere, and no known one', async () => {
    const { deviceToken } = await users.login('lan@example.com');
    const guess = async (email: string): Promise<readonly unknown[]> => {
      const codes: unknown[] = [];
      for (let from = 0; from < 24; from += 1)
        codes.push((await fail(email, 1, `198.51.100.${String(from)}`))[0]?.code);
      return codes;
    };
    const codes = await guess('lan@example.com');
    expect(codes).toEqual([
      ...Array.from({ length: 20 }, () => 'WRONG_CREDENTIALS'),
      ...Array.from({ length: 4 }, () => 'LOGIN_LOCKED'),
    ]);
    expect(await guess('nobody@example.com')).toEqual(codes);
    const known = await attempt('lan@example.com', PASSWORD, '198.51.100.3', deviceToken);
    expect(known.__typename).toBe('LoginPayload');
    // Its log-in frees nobody else, who has to wait a second, then two.
    expect(await attempt('lan@example.com', PASSWORD, '192.0.2.1')).toMatchObject({
      code: 'LOGIN_LOCKED',
      retryAfter: 1,
    });
    users.clock.advance(1000);
    await fail('lan@example.com', 1, '192.0.2.2');
    expect(await attempt('lan@example.com', PASSWORD, '192.0.2.1')).toMatchObject({ retryAfter: 2 });
    users.clock.advance(2000);
    expect((await attempt('lan@example.com', PASSWORD, '192.0.2.1')).__typename).toBe('LoginPayload');
    // A right log-in is no failure, and does not take others' back either.
    expect(await fail('lan@example.com', 1, '192.0.2.3')).toMatchObject([{ code: 'WRONG_CREDENTIALS' }]);
    expect(await attempt('lan@example.com', PASSWORD, '192.0.2.4')).toMatchObject({ retryAfter: 4 });
  });

  it('judges no more than five of forty guesses at once, over two processes', async () => {
    const guesses = Array.from({ length: 40 }, () => attempt('lan@example.com', 'Wrong-Harbour-71'));
    const codes = (await Promise.all(guesses)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(5);
    expect(codes.filter((code) => code === 'LOGIN_LOCKED')).toHaveLength(35);
  });

  it('lets twelve right log-ins at once all in', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt('lan@example.com', PASSWORD)));
    expect(answers.map(({ __typename }) => __typename)).toEqual(
      Array.from({ length: 12 }, () => 'LoginPayload'),
    );
  });

  it('stores neither password nor token', async () => {
    const { deviceToken, refreshToken } = await users.login('lan@example.com');
    const { rows } = await users.pool.query<{ dump: string }>(
      `select (select string_agg(a::text, '') from account a) || (select string_agg(d::text, '') from device d)
         || (select string_agg(r::text, '') from refresh_token r) || (select string_agg(s::text, '') from session s)
         || (select coalesce(string_agg(o.payload::text, ''), '') from messaging.outbox o) as dump`,
    );
    for (const secret of [PASSWORD, deviceToken, refreshToken]) expect(rows[0]?.dump).not.toContain(secret);
  });

  it('refuses a name of a device that is none', async () => {
    const answer = await users.one(guest(), LOGIN, {
      input: { email: 'lan@example.com', password: PASSWORD, deviceName: 'x'.repeat(101) },
    });
    expect(answer).toMatchObject({ __typename: 'InvalidInput' });
  });
});

describe('logIn, limited', () => {
  it('counts by address, and a known device by itself', async () => {
    const users = await createTestUsers({ USERS_LOGIN_PER_MINUTE: '3' });
    try {
      await users.seeding.createAccount({ email: 'lan@example.com', password: PASSWORD, name: 'Lan' });
      const { deviceToken } = await users.login('lan@example.com');
      const log = (input: object) =>
        users.one(guest(), LOGIN, { input: { email: 'nobody@example.com', password: 'x', ...input } });
      await log({});
      await log({});
      expect(await log({})).toMatchObject({ code: 'RATE_LIMITED' });
      const known = await log({ email: 'lan@example.com', password: PASSWORD, deviceToken });
      expect(known.__typename).toBe('LoginPayload');
    } finally {
      await users.stop();
    }
  });
});
