import { createTestUsers, guest, PASSWORD, type TestUsers } from './testing/createTestUsers.js';

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
});
