import { connect } from '../connect.js';
import { createTestDatabase } from './createTestDatabase.js';

async function run(url: string, text: string): Promise<unknown[]> {
  const client = await connect(url);
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
}

test('each is its own, migrated, and gone when dropped, even while somebody is connected', async () => {
  const [one, two] = await Promise.all([createTestDatabase('users'), createTestDatabase('users')]);
  await run(one.url, 'CREATE TABLE only_here (id int)');
  expect(await run(two.url, `SELECT to_regclass('only_here') AS found`)).toEqual([{ found: null }]);
  expect(await run(two.url, 'SELECT foyer_now() IS NOT NULL AS migrated')).toEqual([{ migrated: true }]);

  const connected = await connect(one.url);
  await Promise.all([one.drop(), two.drop()]);
  await one.drop();
  await expect(connected.query('SELECT 1')).rejects.toThrow();
  await expect(run(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
});

test('says which variable is missing', async () => {
  const url = process.env['FOYER_TEST_POSTGRES_URL'];
  delete process.env['FOYER_TEST_POSTGRES_URL'];
  await expect(createTestDatabase('users')).rejects.toThrow(/FOYER_TEST_POSTGRES_URL is not set/);
  process.env['FOYER_TEST_POSTGRES_URL'] = url;
});
