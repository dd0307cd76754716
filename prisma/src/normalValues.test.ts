import { checkCurrencyDigits, createPool, isEmailAddress, newId, normalEmailAddress } from '@foyer/platform';
import type { Client } from 'pg';
import { connect } from './connect.js';
import type { DatabaseName } from './databases.js';
import { readMigrations } from './migrations.js';
import { createTestDatabase, type TestDatabase } from './testing/createTestDatabase.js';

let database: TestDatabase;
let client: Client;

const open = async (name: DatabaseName): Promise<void> => {
  database = await createTestDatabase(name);
  client = await connect(database.url);
};
/** As it is applied to a database in which the build before has written: it may be applied again. */
const apply = async (name: DatabaseName, migration: string): Promise<void> => {
  const found = readMigrations(name).find((each) => each.name === migration);
  await client.query(found?.sql ?? 'missing');
};
const column = async (sql: string): Promise<unknown[]> =>
  (await client.query<[unknown]>({ text: sql, rowMode: 'array' })).rows.map(([value]) => value);

afterEach(async () => {
  await client.end();
  await database.drop();
});

test('the database’s normal form of an address is platform’s', async () => {
  await open('users');
  const addresses = [
    'lan@example.com',
    'lan@xn--bcher-kva.example',
    'nguye\u0302n@vi\u0301-du\u0323.vn',
    'a@xn--fiqs8s.xn--fiqs8s',
    'a@xn--80ak6aa92e.com',
    'a@xn--mgbh0fb.xn--kgbechtv',
    'a@sub.xn--strae-oqa.de',
    'a@xn--!.de',
    'a@b\uff0ede',
    'a@xn--a-ecp.ru',
    'xn--bcher-kva@example.com',
  ];
  const { rows } = await client.query<{ normal: string }>(
    'select foyer_normal_email(given) as normal from unnest($1::text[]) with ordinality as g (given, place) order by place',
    [addresses],
  );
  for (const [index, address] of addresses.entries()) {
    const expected = normalEmailAddress(address);
    if (isEmailAddress(expected)) expect(rows[index]?.normal).toBe(expected);
  }
});

test('accounts that meet in one address are listed, and stay apart as they are', async () => {
  await open('users');
  const account = async (email: string, name = 'x'): Promise<string> => {
    const id = newId();
    await client.query(
      `insert into account (id, email, name, language, password_hash, password_changed_at, created_at)
       values ($1, $2, $3, 'en', '$argon2id$x', now(), now())`,
      [id, email, name],
    );
    return id;
  };
  await account('a@bücher.example');
  const late = await account('a@xn--bcher-kva.example');
  await account('b@xn--bcher-kva.example', 'Nguye\u0302n');
  await account('c@example.com');
  await apply('users', '20261124010000_values_addresses');
  await apply('users', '20261124010000_values_addresses');
  expect(await column('select email from account order by id')).toEqual([
    'a@bücher.example',
    'a@xn--bcher-kva.example',
    'b@bücher.example',
    'c@example.com',
  ]);
  expect(await column('select account_id from address_conflict')).toEqual([late]);
  expect(await column(`select name from account where name <> 'x'`)).toEqual(['Nguyên']);
});

test('tickets that lay at another form of a verified address are its owner’s', async () => {
  await open('orders');
  const [order, ticket, owner] = [newId(), newId(), newId()];
  await client.query(`set session_replication_role = replica`);
  await client.query(
    `insert into copies.person (user_id, email, name, language, active, email_verified, preferences)
     values ($1, 'nguyên@example.com', 'x', 'en', true, true, '{}')`,
    [owner],
  );
  await client.query(
    `insert into ticket (id, order_id, line, unit, event_id, organization_id, offer_id, name, amount, owner_email,
       owner_name, code_version, short_code, state, issued_at)
     values ($1, $2, 0, 0, $2, $2, $2, 'x', 0, $3, 'x', 1, 'ABCDEFGH', 'VALID', now())`,
    [ticket, order, 'nguye\u0302n@example.com'],
  );
  await apply('orders', '20261124010000_values_addresses');
  expect(await column('select owner_id from ticket')).toEqual([owner]);
});

test.each(['catalog', 'inventory', 'orders', 'payments'] as const)(
  'amounts of %s in a currency whose digits changed keep it from starting until an operator has judged them',
  async (name) => {
    await open(name);
    const pool = createPool(database.url, { max: 1, applicationName: 'foyer-test' });
    try {
      await checkCurrencyDigits(pool, name);
      await checkCurrencyDigits(pool, name);
      // As the migration leaves a database that holds forint.
      await client.query(`delete from currency_digits where currency = 'HUF'`);
      await expect(checkCurrencyDigits(pool, name)).rejects.toThrow(`${name} holds amounts in HUF that`);
      await client.query(`insert into currency_digits values ('HUF', 0)`);
      await expect(checkCurrencyDigits(pool, name)).rejects.toThrow('HUF');
      await client.query(`update currency_digits set digits = 2 where currency = 'HUF'`);
      await checkCurrencyDigits(pool, name);
    } finally {
      await pool.end();
    }
  },
);

test('a currency that amounts are stored in is left to an operator', async () => {
  await open('catalog');
  await client.query('drop table currency_digits');
  await client.query(`create temp table restaurant as select 'HUF'::text as currency union all select 'EUR'`);
  await apply('catalog', '20261124020000_values_currencies');
  expect(await column(`select currency from currency_digits where currency in ('HUF', 'IDR')`)).toEqual([
    'IDR',
  ]);
});
