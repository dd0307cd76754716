import {
  createTestUsers,
  PASSWORD,
  type Answer,
  type TestPerson,
  type TestUsers,
} from '../testing/createTestUsers.js';

const CHANGE = `mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) {
  __typename ... on Refusal { code } ... on ChangeEmailPayload { email } ... on InvalidInput { fields { path rule } } } }`;
const CONFIRM = `mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) {
  __typename ... on Refusal { code } ... on ConfirmEmailChangePayload { user { email emailVerified } } } }`;
const RESET = `mutation { requestPasswordReset(input: { email: "lan@example.com" }) { __typename } }`;

describe('changeEmail', () => {
  let users: TestUsers;
  let lan: TestPerson;

  beforeEach(async () => {
    users = await createTestUsers({}, 2);
    lan = await users.person('Lan');
  });
  afterEach(() => users.stop());

  const change = (as: TestPerson, newEmail: string, currentPassword = PASSWORD): Promise<Answer> =>
    users.one(as.accessToken, CHANGE, { input: { newEmail, currentPassword } });
  const confirm = (as: TestPerson, token: string): Promise<Answer> =>
    users.one(as.accessToken, CONFIRM, { input: { token } });
  const tokenTo = async (email: string): Promise<string> => {
    const sent = await users.events<{ newEmail: string; sealedToken: string }>('user.email-change-requested');
    const { data } = sent.findLast(({ data }) => data.newEmail === email) ?? {};
    return users.sealer.open('email-change', data?.sealedToken ?? '');
  };

  it('is verified at the new address and told to the old, which logs in no longer', async () => {
    expect(await change(lan, ' Lan@New.example ')).toEqual({
      __typename: 'ChangeEmailPayload',
      email: 'lan@new.example',
    });
    await users.login('lan@example.com');
    const token = await tokenTo('lan@new.example');
    expect(await confirm(lan, token)).toMatchObject({
      user: { email: 'lan@new.example', emailVerified: true },
    });
    // The answer may have been lost.
    expect((await confirm(lan, token)).__typename).toBe('ConfirmEmailChangePayload');
    expect(await users.events('user.email-changed')).toMatchObject([
      {
        data: {
          userId: lan.userId,
          email: 'lan@new.example',
          oldEmail: 'lan@example.com',
          oldEmailVerified: true,
        },
      },
    ]);
    expect((await users.events('user.updated')).at(-1)).toMatchObject({ data: { email: 'lan@new.example' } });
    await users.login('lan@new.example');
    await expect(users.login('lan@example.com')).rejects.toThrow('WRONG_CREDENTIALS');
  });

  it('answers alike where the address has an account, whose owner is told', async () => {
    await users.person('Minh');
    const [free, taken] = [await change(lan, 'free@example.com'), await change(lan, 'minh@example.com')];
    expect({ ...taken, email: '' }).toEqual({ ...free, email: '' });
    expect(await users.events('user.registration-repeated')).toMatchObject([
      { data: { email: 'minh@example.com' } },
    ]);
    expect(await users.events('user.email-change-requested')).toHaveLength(1);
  });

  it('demands the password, and locks guesses with those of changing it', async () => {
    for (let guess = 0; guess < 5; guess += 1)
      expect((await change(lan, 'x@example.com', 'Wrong-Harbour-71')).code).toBe('WRONG_CREDENTIALS');
    expect((await change(lan, 'x@example.com')).code).toBe('LOGIN_LOCKED');
    expect(await users.events('user.email-change-requested')).toEqual([]);
  });

  it('refuses what is no address, and the present one', async () => {
    expect(await change(lan, 'nowhere')).toMatchObject({ fields: [{ path: 'input.newEmail' }] });
    expect(await change(lan, 'LAN@example.com')).toMatchObject({ fields: [{ rule: 'UNCHANGED' }] });
  });

  it('gives a token to nobody but who asked for it, and only while it lasts', async () => {
    const minh = await users.person('Minh');
    await change(lan, 'lan@new.example');
    const token = await tokenTo('lan@new.example');
    expect((await confirm(minh, token)).code).toBe('MAIL_TOKEN_REFUSED');
    expect((await confirm(lan, 'made up')).code).toBe('MAIL_TOKEN_REFUSED');
    users.clock.advance(86_400_000);
    lan = { ...lan, ...(await users.login(lan.email)) };
    expect((await confirm(lan, token)).code).toBe('MAIL_TOKEN_REFUSED');
  });

  it('gives an address to one of two who prove it at once', async () => {
    const minh = await users.person('Minh');
    await change(lan, 'both@example.com');
    const lans = await tokenTo('both@example.com');
    await change(minh, 'both@example.com');
    const minhs = await tokenTo('both@example.com');
    const answers = await Promise.allSettled([confirm(lan, lans), confirm(minh, minhs)]);
    const done = answers.filter(
      (each) => each.status === 'fulfilled' && each.value.__typename === 'ConfirmEmailChangePayload',
    );
    expect(done).toHaveLength(1);
    expect(await users.events('user.email-changed')).toHaveLength(1);
    expect(answers.map((each) => each.status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('makes what was sent to the old mailbox useless', async () => {
    await users.ask({ kind: 'guest', address: '203.0.113.5' }, RESET);
    await change(lan, 'lan@new.example');
    await confirm(lan, await tokenTo('lan@new.example'));
    const { rows } = await users.pool.query('select from mail_token where used_at is null');
    expect(rows).toEqual([]);
  });

  it('fills nobody’s mailbox', async () => {
    const answers: Answer[] = [];
    for (let mail = 0; mail < 12; mail += 1) answers.push(await change(lan, 'stranger@example.com'));
    expect(answers.filter(({ code }) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(2);
    expect((await users.events('user.email-change-requested')).length).toBeLessThanOrEqual(10);
  });
});
