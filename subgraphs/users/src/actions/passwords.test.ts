import { waitUntil } from '@foyer/platform/testing';
import { createTestUsers, guest, PASSWORD, type Answer, type TestUsers } from '../testing/createTestUsers.js';

const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) {
  __typename ... on Refusal { code } ... on ChangePasswordPayload { endedSessions } ... on InvalidInput { fields { rule } }
} }`;
const REQUEST = `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) {
  __typename ... on Refusal { code } ... on PasswordResetRequested { email } } }`;
const RESET = `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) {
  __typename ... on Refusal { code } ... on ResetPasswordPayload { endedSessions } } }`;
const nth = (number: number): string => `Harbour-number-${String(number)}!`;

describe('passwords', () => {
  let users: TestUsers;

  beforeEach(async () => {
    users = await createTestUsers({}, 2);
    await users.seeding.createAccount({
      email: 'lan@example.com',
      password: PASSWORD,
      name: 'Lan',
      verified: false,
    });
  });

  afterEach(async () => {
    await users.stop();
  });

  const change = (as: string, currentPassword: string, newPassword: string): Promise<Answer> =>
    users.one(as, CHANGE, { input: { currentPassword, newPassword } });

  async function requestToken(): Promise<string> {
    const answer = await users.one(guest(), REQUEST, { input: { email: 'Lan@example.com' } });
    expect(answer).toEqual({ __typename: 'PasswordResetRequested', email: 'lan@example.com' });
    const mails = await users.events<{ sealedToken: string }>('user.password-reset-requested');
    return users.sealer.open('password-reset', mails.at(-1)?.data.sealedToken ?? '');
  }

  const reset = (token: string, newPassword: string): Promise<Answer> =>
    users.one(guest(), RESET, { input: { token, newPassword } });

  it('changes with the old one, and ends every other session', async () => {
    const mine = await users.login('lan@example.com');
    const others = [await users.login('lan@example.com'), await users.login('lan@example.com')];
    expect(await change(mine.accessToken, 'Wrong-Harbour-71', nth(1))).toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
    expect(await change(mine.accessToken, PASSWORD, nth(1))).toEqual({
      __typename: 'ChangePasswordPayload',
      endedSessions: 2,
    });
    await users.ask(mine.accessToken, '{ me { id } }');
    for (const { accessToken } of others) {
      await expect(users.ask(accessToken, '{ me { id } }')).rejects.toThrow('UNAUTHENTICATED');
    }
    const ended = await users.events<{ sessionId: string; reason: string }>('session.ended');
    expect(ended.map(({ data }) => data.sessionId).sort()).toEqual(
      others.map(({ sessionId }) => sessionId).sort(),
    );
    expect(await users.events('user.password-changed')).toMatchObject([
      { data: { email: 'lan@example.com' } },
    ]);
    await expect(users.login('lan@example.com')).rejects.toThrow('WRONG_CREDENTIALS');
    await users.login('lan@example.com', { password: nth(1) });
  });

  it('takes none of the last five again, and the sixth', async () => {
    const { accessToken } = await users.login('lan@example.com');
    let present = PASSWORD;
    for (const next of [nth(1), nth(2), nth(3), nth(4)]) {
      expect((await change(accessToken, present, next)).__typename).toBe('ChangePasswordPayload');
      present = next;
    }
    for (const old of [PASSWORD, nth(1), nth(2), nth(3), nth(4)]) {
      expect(await change(accessToken, present, old)).toMatchObject({ fields: [{ rule: 'USED_BEFORE' }] });
    }
    await change(accessToken, present, nth(5));
    expect((await change(accessToken, nth(5), PASSWORD)).__typename).toBe('ChangePasswordPayload');
    expect((await users.pool.query('select from former_password')).rowCount).toBe(4);
  });

  it('lets a stolen access token guess five times', async () => {
    const { accessToken } = await users.login('lan@example.com');
    for (let guess = 0; guess < 5; guess += 1) await change(accessToken, 'Wrong-Harbour-71', nth(1));
    expect(await change(accessToken, PASSWORD, nth(1))).toMatchObject({ code: 'LOGIN_LOCKED' });
    await users.login('lan@example.com');
  });

  it('makes one change of two at once', async () => {
    const { accessToken } = await users.login('lan@example.com');
    const answers = await Promise.all([
      change(accessToken, PASSWORD, nth(1)),
      change(accessToken, PASSWORD, nth(2)),
    ]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'ChangePasswordPayload',
      'WrongCredentials',
    ]);
  });

  it('resets with a token once, ends every session, forgets devices and proves the address', async () => {
    const session = await users.login('lan@example.com');
    const token = await requestToken();
    expect(await reset(token, 'short')).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await reset(token, PASSWORD)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await reset(token, nth(1))).toEqual({ __typename: 'ResetPasswordPayload', endedSessions: 1 });
    expect(await reset(token, nth(2))).toMatchObject({ code: 'MAIL_TOKEN_REFUSED' });
    await expect(users.ask(session.accessToken, '{ me { id } }')).rejects.toThrow('UNAUTHENTICATED');
    expect(await users.events('user.updated')).toMatchObject([{ data: { emailVerified: true } }]);
    await users.login('lan@example.com', { password: nth(1) });
  });

  it('uses up every other token with the one that is used', async () => {
    const tokens = [await requestToken(), await requestToken()];
    expect((await reset(tokens[0] ?? '', nth(1))).__typename).toBe('ResetPasswordPayload');
    expect((await reset(tokens[1] ?? '', nth(2))).code).toBe('MAIL_TOKEN_REFUSED');
  });

  it('takes one of ten uses of a token at once', async () => {
    const token = await requestToken();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => reset(token, nth(index))));
    expect(answers.filter(({ __typename }) => __typename === 'ResetPasswordPayload')).toHaveLength(1);
    expect(await users.events('user.password-changed')).toHaveLength(1);
  });

  it('lets a token lapse after an hour', async () => {
    const token = await requestToken();
    users.clock.advance(3_600_000);
    expect((await reset(token, nth(1))).code).toBe('MAIL_TOKEN_REFUSED');
  });

  it('takes a token for its own purpose only', async () => {
    const [mail] = await users.events<{ sealedToken: string }>('user.verification-requested');
    const token = users.sealer.open('email-verification', mail?.data.sealedToken ?? '');
    expect((await reset(token, nth(1))).code).toBe('MAIL_TOKEN_REFUSED');
  });

  it('answers alike for an unknown email, without a mail', async () => {
    const answer = await users.one(guest(), REQUEST, { input: { email: 'nobody@example.com' } });
    expect(answer).toEqual({ __typename: 'PasswordResetRequested', email: 'nobody@example.com' });
    expect(await users.events('user.password-reset-requested')).toEqual([]);
    expect(await users.one(guest(), REQUEST, { input: { email: 'nobody' } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('opens a lock at the address that resets', async () => {
    for (let guess = 0; guess < 5; guess += 1) {
      await users.login('lan@example.com', { password: 'Wrong-Harbour-71' }).catch(() => undefined);
    }
    await expect(users.login('lan@example.com')).rejects.toThrow('LOGIN_LOCKED');
    await reset(await requestToken(), nth(1));
    await users.login('lan@example.com', { password: nth(1) });
  });

  it('lets nobody log in with a password that is changed while it is judged', async () => {
    const { accessToken } = await users.login('lan@example.com');
    const holder = await users.pool.connect();
    await holder.query('begin');
    await holder.query('select from account for no key update');
    const login = users.login('lan@example.com');
    await waitForLock(users);
    await holder.query(`update account set password_hash = '$argon2id$changed'`);
    await holder.query('commit');
    holder.release();
    await expect(login).rejects.toThrow('WRONG_CREDENTIALS');
    await users.ask(accessToken, '{ me { id } }');
  });
});

async function waitForLock({ pool }: TestUsers): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await waitUntil(async () => (await pool.query(waiting)).rowCount !== 0, 'somebody waiting for the lock');
}
