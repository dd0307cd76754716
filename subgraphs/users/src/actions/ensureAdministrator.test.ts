import { createTestUsers, PASSWORD } from '../testing/createTestUsers.js';

const SET = { FOYER_ADMIN_EMAIL: 'Root@example.com', FOYER_ADMIN_PASSWORD: PASSWORD };

describe('ensureAdministrator', () => {
  it('makes one administrator when two processes start, and none when there is one', async () => {
    const users = await createTestUsers(SET, 2);
    try {
      const session = await users.login('root@example.com');
      expect(await users.one(session.accessToken, '{ me { role emailVerified } }')).toEqual({
        role: 'ADMIN',
        emailVerified: true,
      });
      expect((await users.pool.query('select from account')).rowCount).toBe(1);
    } finally {
      await users.stop();
    }
  });

  it('takes over what somebody registered before', async () => {
    const users = await createTestUsers();
    try {
      await users.seeding.createAccount({
        email: 'root@example.com',
        password: 'Strangers-Own-71',
        name: 'Stranger',
      });
      const stranger = await users.login('root@example.com', { password: 'Strangers-Own-71' });
      await users.restart(SET);
      await expect(users.ask(stranger.accessToken, '{ me { id } }')).rejects.toThrow('UNAUTHENTICATED');
      await expect(users.login('root@example.com', { password: 'Strangers-Own-71' })).rejects.toThrow(
        'WRONG_CREDENTIALS',
      );
      const { accessToken } = await users.login('root@example.com');
      expect(await users.one(accessToken, '{ me { role } }')).toEqual({ role: 'ADMIN' });
    } finally {
      await users.stop();
    }
  });

  it('does not start with a password that breaks the rules', async () => {
    await expect(createTestUsers({ ...SET, FOYER_ADMIN_PASSWORD: 'Password1!' })).rejects.toThrow(
      'FOYER_ADMIN_PASSWORD',
    );
  });
});
