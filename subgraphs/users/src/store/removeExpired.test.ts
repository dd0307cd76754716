import { createTestUsers, PASSWORD } from '../testing/createTestUsers.js';
import { openUsersDatabase } from './openUsersDatabase.js';
import { removeExpired } from './removeExpired.js';

const DAY = 86_400_000;

describe('removeExpired', () => {
  it('removes what has no use any more, and nothing else', async () => {
    const users = await createTestUsers();
    const database = openUsersDatabase(users.databaseUrl, 2);
    const rows = async (): Promise<readonly number[]> => {
      const counts = ['session', 'refresh_token', 'mail_token', 'attempt'].map((table) =>
        users.pool.query(`select from ${table}`),
      );
      return (await Promise.all(counts)).map(({ rowCount }) => rowCount ?? 0);
    };
    try {
      await users.seeding.createAccount({
        email: 'lan@example.com',
        password: PASSWORD,
        name: 'Lan',
        verified: false,
      });
      await users.login('lan@example.com');
      await users.login('lan@example.com', { password: 'Wrong-Harbour-71' }).catch(() => undefined);
      // A failure counts for its network and for the account.
      expect(await rows()).toEqual([1, 1, 1, 2]);
      await removeExpired(database, users.clock.now(), 900_000);
      expect(await rows()).toEqual([1, 1, 1, 2]);
      users.clock.advance(3 * DAY);
      await removeExpired(database, users.clock.now(), 900_000);
      expect(await rows()).toEqual([1, 1, 0, 0]);
      users.clock.advance(28 * DAY);
      await removeExpired(database, users.clock.now(), 900_000);
      expect(await rows()).toEqual([1, 0, 0, 0]);
      users.clock.advance(30 * DAY);
      await removeExpired(database, users.clock.now(), 900_000);
      expect(await rows()).toEqual([0, 0, 0, 0]);
    } finally {
      await database.close();
      await users.stop();
    }
  });
});
