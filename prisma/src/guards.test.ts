import { DATABASE_NAMES, type DatabaseName } from './databases.js';
import { createTestDatabase, type TestDatabase } from './testing/createTestDatabase.js';
import { listGuards } from './testing/listGuards.js';
import { findSchemaDrift } from './testing/schemaDrift.js';

const databases = new Map<DatabaseName, TestDatabase>();
const guards = new Map<DatabaseName, string[]>();
let common: string[];

beforeAll(async () => {
  for (const name of DATABASE_NAMES) {
    const database = await createTestDatabase(name);
    databases.set(name, database);
    guards.set(name, await listGuards(database.url));
  }
  const [first = [], ...others] = [...guards.values()];
  common = first.filter((guard) => others.every((list) => list.includes(guard)));
});

afterAll(() => Promise.all([...databases.values()].map((database) => database.drop())));

// The snapshots are meant to change with the migrations: run `npm test -- prisma/dist/guards -u`, read the
// difference, commit it.

test('every database guards what it guarded', () => {
  expect(common.join('\n')).toMatchSnapshot();
});

test.each(DATABASE_NAMES)('%s also guards what it guarded', (name) => {
  const own = guards.get(name)?.filter((guard) => !common.includes(guard));
  expect(own?.join('\n')).toMatchSnapshot();
});

test.each(DATABASE_NAMES)('%s has what schema.prisma says', async (name) => {
  expect(await findSchemaDrift((databases.get(name) as TestDatabase).url, name)).toEqual([]);
});
