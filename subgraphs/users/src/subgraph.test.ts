import { createTestPlatform, waitUntil } from '@foyer/platform/testing';
import {
  createTestUsers,
  guest,
  PASSWORD,
  type TestPerson,
  type TestUsers,
} from './testing/createTestUsers.js';

describe('the users subgraph', () => {
  let users: TestUsers;

  beforeAll(async () => {
    users = await createTestUsers();
  });

  afterAll(async () => {
    await users.stop();
  });

  it('registers, logs in, answers me and logs out', async () => {
    const registered = await users.one(
      guest(),
      `mutation ($input: RegisterInput!) { register(input: $input) { __typename ... on RegistrationAccepted { email } } }`,
      {
        input: {
          email: ' Lan@Example.com ',
          password: PASSWORD,
          name: 'Lan',
          phone: '+84901234567',
          language: 'vi',
        },
      },
    );
    expect(registered).toEqual({ __typename: 'RegistrationAccepted', email: 'lan@example.com' });

    const session = await users.login('LAN@example.com');
    const me = await users.one(
      session.accessToken,
      `{ me { id name email phone language emailVerified role active
           sessions { edges { node { id address current deviceName } } } memberships { edges { cursor } } } }`,
    );
    expect(me).toEqual({
      id: session.userId,
      name: 'Lan',
      email: 'lan@example.com',
      phone: '+84901234567',
      language: 'vi',
      emailVerified: false,
      role: 'USER',
      active: true,
      sessions: {
        edges: [{ node: { id: session.sessionId, address: '203.0.113.5', current: true, deviceName: null } }],
      },
      memberships: { edges: [] },
    });

    const logout = `mutation { logout { __typename ... on LogoutPayload { endedSessions } } }`;
    expect(await users.one(session.accessToken, logout)).toEqual({
      __typename: 'LogoutPayload',
      endedSessions: 1,
    });
    expect(await users.one(session.accessToken, logout)).toEqual({ __typename: 'SessionOver' });
    await expect(users.ask(session.accessToken, '{ me { id } }')).rejects.toThrow('UNAUTHENTICATED');
    expect(await users.events('session.ended')).toMatchObject([
      { data: { sessionId: session.sessionId, userId: session.userId, reason: 'LOGGED_OUT' } },
    ]);
  });

  it('ends one session, or all, of its owner only', async () => {
    const [one, other] = [await users.login('lan@example.com'), await users.login('lan@example.com')];
    const stranger = await users.person('Stranger');
    const end = `mutation ($id: ID!) { endSession(id: $id) { __typename ... on EndSessionPayload { id } } }`;
    expect(await users.one(stranger.accessToken, end, { id: one.sessionId })).toEqual({
      __typename: 'NotFound',
    });
    expect(await users.one(stranger.accessToken, end, { id: 'x' })).toEqual({ __typename: 'NotFound' });
    expect(await users.one(one.accessToken, end, { id: other.sessionId })).toEqual({
      __typename: 'EndSessionPayload',
      id: other.sessionId,
    });
    await expect(users.ask(other.accessToken, '{ me { id } }')).rejects.toThrow('UNAUTHENTICATED');
    const third = await users.login('lan@example.com');
    const everywhere = `mutation { logoutEverywhere { ... on LogoutPayload { endedSessions } } }`;
    expect(await users.one(third.accessToken, everywhere)).toEqual({ endedSessions: 2 });
    await users.ask(stranger.accessToken, '{ me { id } }');
  });

  it('changes what is named of a profile, and tells of it', async () => {
    const { accessToken, userId } = await users.person('Hoa');
    const update = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
      __typename ... on UserPayload { user { name phone language } } ... on InvalidInput { fields { path rule } } } }`;
    const change = (input: object) => users.one(accessToken, update, { input });
    expect(await change({ name: ' Hoa Phạm ', phone: '+84901234567' })).toMatchObject({
      user: { name: 'Hoa Phạm', phone: '+84901234567', language: 'en' },
    });
    expect(await change({ phone: null, language: 'vi-vn' })).toMatchObject({
      user: { name: 'Hoa Phạm', phone: null, language: 'vi-VN' },
    });
    expect(await change({})).toMatchObject({ __typename: 'UserPayload' });
    expect(await change({ name: null, phone: '1', language: null })).toEqual({
      __typename: 'InvalidInput',
      fields: [
        { path: 'input.name', rule: 'REQUIRED' },
        { path: 'input.phone', rule: 'NOT_A_PHONE_NUMBER' },
        { path: 'input.language', rule: 'REQUIRED' },
      ],
    });
    const updates = (await users.events<{ userId: string }>('user.updated')).filter(
      ({ subject }) => subject === userId,
    );
    expect(updates.slice(1)).toMatchObject([
      { data: { name: 'Hoa Phạm', language: 'en' } },
      { data: { name: 'Hoa Phạm', language: 'vi-VN' } },
    ]);
  });

  it('changes what is named of the preferences, shows them to nobody else, and tells of them', async () => {
    const { accessToken, userId } = await users.person('Mai');
    const update = `mutation ($input: UpdatePreferencesInput!) { updatePreferences(input: $input) { __typename
      ... on UserPayload { user { preferences { cuisines dietary defaultPartySize channels } } }
      ... on InvalidInput { fields { path rule } } } }`;
    const change = (input: object) => users.one(accessToken, update, { input });
    const first = {
      cuisines: [' Thai', 'thai', 'Phở'],
      dietary: ['VEGAN', 'HALAL', 'VEGAN'],
      defaultPartySize: 4,
    };
    expect(await change(first)).toMatchObject({
      user: {
        preferences: {
          cuisines: ['thai', 'phở'],
          dietary: ['HALAL', 'VEGAN'],
          defaultPartySize: 4,
          channels: ['EMAIL', 'IN_APP'],
        },
      },
    });
    expect(await change({ channels: ['IN_APP', 'IN_APP'] })).toMatchObject({
      user: { preferences: { channels: ['IN_APP'] } },
    });
    expect(await change({ defaultPartySize: null })).toMatchObject({
      user: { preferences: { cuisines: ['thai', 'phở'], defaultPartySize: null } },
    });
    expect(await change({ cuisines: null, dietary: null, channels: null, defaultPartySize: 61 })).toEqual({
      __typename: 'InvalidInput',
      fields: [
        { path: 'input.cuisines', rule: 'REQUIRED' },
        { path: 'input.dietary', rule: 'REQUIRED' },
        { path: 'input.channels', rule: 'REQUIRED' },
        { path: 'input.defaultPartySize', rule: 'OUT_OF_RANGE' },
      ],
    });
    const manager = await users.person('Minh', 'MANAGER');
    const seen = await users.one(
      manager.accessToken,
      `query ($id: ID!) { user(id: $id) { preferences { dietary } } }`,
      {
        id: userId,
      },
    );
    expect(seen).toEqual({ preferences: null });
    const told = (await users.events('user.updated')).filter(({ subject }) => subject === userId);
    expect(told.at(-1)).toMatchObject({
      data: {
        preferences: {
          cuisines: ['thai', 'phở'],
          dietary: ['HALAL', 'VEGAN'],
          defaultPartySize: null,
          channels: ['IN_APP'],
        },
      },
    });
  });

  it('has the verification mail sent again, while the address is not proven', async () => {
    await users.seeding.createAccount({
      email: 'new@example.com',
      password: PASSWORD,
      name: 'New',
      verified: false,
    });
    const { accessToken } = await users.login('new@example.com');
    const again = `mutation { requestEmailVerification { __typename ... on Refusal { code } } }`;
    expect(await users.one(accessToken, again)).toEqual({ __typename: 'EmailVerificationRequested' });
    const [first, second] = (
      await users.events<{ email: string; sealedToken: string }>('user.verification-requested')
    )
      .filter(({ data }) => data.email === 'new@example.com')
      .map(({ data }) => users.sealer.open('email-verification', data.sealedToken));
    expect(second).not.toBe(first);
    const verify = `mutation ($token: String!) { verifyEmail(token: $token) { __typename } }`;
    expect(await users.one(guest(), verify, { token: first })).toEqual({ __typename: 'VerifyEmailPayload' });
    expect(await users.one(accessToken, again)).toEqual({ __typename: 'NotInState', code: 'NOT_IN_STATE' });
    users.clock.advance(86_400_000);
    expect(await users.one(guest(), verify, { token: second })).toEqual({ __typename: 'MailTokenRefused' });
  });

  it('shows members of an organization to each other, and no more than name and email; to DOOR nothing', async () => {
    const [owner, viewer, door] = [
      await users.person('Owner'),
      await users.person('Viewer'),
      await users.person('Door'),
    ];
    const organizationId = await users.seeding.createOrganization({
      name: 'Saigon Sounds',
      ownerId: owner.userId,
    });
    const add = (userId: string, role: 'VIEWER' | 'DOOR') =>
      users.seeding.addMember({ organizationId, userId, role, listingIds: null });
    await add(viewer.userId, 'VIEWER');
    await add(door.userId, 'DOOR');
    const seen = (as: TestPerson) =>
      users.one(
        as.accessToken,
        `query ($of: [_Any!]!) { _entities(representations: $of) {
           ... on Organization { myMembership { role } invitations { edges { cursor } }
             members(first: 1) { edges { node { role user { name email phone role } } } pageInfo { hasNextPage } } }
           ... on User { id name } } }`,
        {
          of: [
            { __typename: 'Organization', id: organizationId },
            { __typename: 'User', id: owner.userId },
          ],
        },
      );
    expect(await seen(viewer)).toEqual([
      {
        myMembership: { role: 'VIEWER' },
        invitations: null,
        members: {
          edges: [
            { node: { role: 'OWNER', user: { name: 'Owner', email: owner.email, phone: null, role: null } } },
          ],
          pageInfo: { hasNextPage: true },
        },
      },
      { id: owner.userId, name: 'Owner' },
    ]);
    expect(await seen(door)).toEqual([
      { myMembership: { role: 'DOOR' }, invitations: null, members: null },
      { id: owner.userId, name: null },
    ]);
  });

  it('publishes what it committed', async () => {
    await users.seeding.createAccount({ email: 'seeded@example.com', password: PASSWORD, name: 'Seeded' });
    const unpublished = 'select from messaging.outbox where published_at is null';
    await waitUntil(async () => (await users.pool.query(unpublished)).rowCount === 0, 'an empty outbox');
  });

  it('answers alone on its port: keys, health and, in development, whoever shows an access token', async () => {
    const url = await users.listen();
    const get = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();
    const { keys } = (await get('/.well-known/jwks.json')) as { keys: object[] };
    expect(keys).toEqual([
      expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) }),
    ]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    expect(await get('/health/ready')).toMatchObject({
      ready: true,
      dependencies: { database: 'ok', messaging: 'ok' },
    });
    const post = async (query: string): Promise<unknown> => {
      const body = JSON.stringify({ query });
      return (
        await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      ).json();
    };
    expect(await post('{ _service { sdl } }')).toMatchObject({
      data: { _service: { sdl: expect.stringContaining('type User') } },
    });
    expect(await post('{ me { id } }')).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    // Another subgraph asks here before it takes somebody's own token.
    const others = createTestPlatform({ environment: { USERS_URL: url } }).contextFor('catalog');
    const { accessToken } = await users.person('Asked');
    expect(await others.sessionLives(accessToken)).toBe(true);
    await users.one(accessToken, 'mutation { logout { __typename } }');
    expect(await others.sessionLives(accessToken)).toBe(false);
  });
});
