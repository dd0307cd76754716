import { DATABASE_NAMES } from './databases.js';
import { createTestDatabase, type TestDatabase } from './testing/createTestDatabase.js';
import { listGuards } from './testing/listGuards.js';
import { findSchemaDrift } from './testing/schemaDrift.js';

describe.each(DATABASE_NAMES)('%s', (name) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase(name);
  });

  afterAll(() => database.drop());

  // Meant to change: run `npm test -- prisma -u`, read the difference, commit it.
  test('the database guards what it guarded', async () => {
    expect((await listGuards(database.url)).join('\n')).toMatchSnapshot();
  });

  test('has what schema.prisma says', async () => {
    expect(await findSchemaDrift(database.url, name)).toEqual([]);
  });
});
