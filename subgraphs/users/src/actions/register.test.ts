import { createTestUsers, guest, PASSWORD, type Answer, type TestUsers } from '../testing/createTestUsers.js';

const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) {
  __typename ... on Refusal { code } ... on RegistrationAccepted { email } ... on InvalidInput { fields { path rule } }
} }`;
const INPUT = { email: 'lan@example.com', password: PASSWORD, name: 'Lan' };

describe('register', () => {
  let users: TestUsers;

  beforeEach(async () => {
    users = await createTestUsers({}, 2);
  });

  afterEach(async () => {
    await users.stop();
  });

  const register = (input: object = {}): Promise<Answer> =>
    users.one(guest(), REGISTER, { input: { ...INPUT, ...input } });

  it('tells of the account and asks for a proof of its address', async () => {
    await register({ language: 'VI' });
    const [registered] = await users.events<{ userId: string }>('user.registered');
    expect(registered?.data).toEqual({
      userId: registered?.subject,
      email: 'lan@example.com',
      name: 'Lan',
      language: 'vi',
    });
    const [requested] = await users.events<{ sealedToken: string; expiresAt: string }>(
      'user.verification-requested',
    );
    const token = users.sealer.open('email-verification', requested?.data.sealedToken ?? '');

    const verify = `mutation ($token: String!) { verifyEmail(token: $token) { __typename ... on VerifyEmailPayload { email } } }`;
    expect(await users.one(guest(), verify, { token: `${token}x` })).toEqual({
      __typename: 'MailTokenRefused',
    });
    const verified = { __typename: 'VerifyEmailPayload', email: 'lan@example.com' };
    expect(await users.one(guest(), verify, { token })).toEqual(verified);
    expect(await users.one(guest(), verify, { token })).toEqual(verified);
    expect(await users.events('user.updated')).toMatchObject([
      { data: { emailVerified: true, active: true } },
    ]);
  });

  it('answers alike for a known email, changes nothing, and tells its owner', async () => {
    const first = await register();
    const second = await register({
      email: ' LAN@example.com',
      password: 'Other-Harbour-72',
      name: 'Somebody',
    });
    expect(second).toEqual(first);
    expect(await users.events('user.registration-repeated')).toMatchObject([
      { data: { email: 'lan@example.com', name: 'Lan' } },
    ]);
    await users.login('lan@example.com');
    await expect(users.login('lan@example.com', { password: 'Other-Harbour-72' })).rejects.toThrow(
      'WRONG_CREDENTIALS',
    );
  });

  it('fills nobody’s mailbox', async () => {
    for (let time = 0; time < 15; time += 1)
      expect((await register()).__typename).toBe('RegistrationAccepted');
    expect((await users.events('user.registration-repeated')).length).toBeLessThanOrEqual(10);
  });

  it('makes one account of twenty registrations at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => register()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await users.events('user.registered')).toHaveLength(1);
    expect((await users.pool.query('select from account')).rowCount).toBe(1);
  });

  it('lists every wrong field and stores nothing', async () => {
    const answer = await register({
      email: 'lan',
      password: 'short',
      name: ' ',
      phone: '0901',
      language: '??',
    });
    expect(answer).toMatchObject({
      __typename: 'InvalidInput',
      fields: expect.arrayContaining([
        { path: 'input.email', rule: 'NOT_AN_EMAIL' },
        { path: 'input.password', rule: 'TOO_SHORT' },
        { path: 'input.name', rule: 'REQUIRED' },
        { path: 'input.phone', rule: 'NOT_A_PHONE_NUMBER' },
        { path: 'input.language', rule: 'NOT_A_LANGUAGE' },
      ]),
    });
    expect(await register({ name: 'Lan\r\nBcc: all@example.com' })).toMatchObject({
      __typename: 'InvalidInput',
    });
    expect(await register({ name: 'x'.repeat(101) })).toMatchObject({ __typename: 'InvalidInput' });
    expect((await users.pool.query('select from account')).rowCount).toBe(0);
    expect((await users.pool.query('select from messaging.outbox')).rowCount).toBe(0);
  });
});
