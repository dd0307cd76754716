import { newId, pgTransaction } from '@foyer/platform';
import type { Client } from 'pg';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import { joinGroup } from './joinGroup.js';

let store: TestStore;

beforeEach(async () => {
  store = await createTestStore();
  await store.pool.query('alter table entry set (autovacuum_enabled = off)');
});

afterEach(() => store.drop());

/** Has groups join one line; @returns the plans that the last one ran by, those inside of functions too. */
async function plansAfter(groups: number): Promise<string> {
  const eventId = await store.createQueue();
  let plans = '';
  const client = await store.pool.connect();
  client.on('notice', ({ message }) => (plans += `${message ?? ''}\n`));
  await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_level = notice;
    set auto_explain.log_nested_statements = on`);
  for (let group = 0; group < groups; group += 1) {
    plans = '';
    const requests = Array.from({ length: 2000 }, () => ({ userId: newId(), staysForReturns: false }));
    await pgTransaction(onlyThis(client), (sql) => joinGroup(sql, eventId, requests, { opensBeforeMs: 0 }));
  }
  client.release(true);
  return plans;
}

/** A pool that lends one connection. */
function onlyThis(client: Pick<Client, 'query'>): TestStore['pool'] {
  const lent = new Proxy(client, {
    get: (target, key) =>
      key === 'release' ? () => undefined : (Reflect.get(target, key, target) as unknown),
  });
  return { connect: () => Promise.resolve(lent) } as unknown as TestStore['pool'];
}

/** Whether a plan looks at every entry for every person who joins. */
const SCANS = /Join Filter|Materialize|Seq Scan on entry/;

test('a line that grows from nothing, before any statistics: each person is looked up by index', async () => {
  const plans = await plansAfter(4);
  expect(plans).toMatch(/Index Cond: \(\(?user_id = /);
  expect(plans).not.toMatch(SCANS);
});

test('control: as an anti-join it is planned for the empty table, and the test above sees it', async () => {
  const { rows } = await store.pool.query<{ source: string }>(
    `select pg_get_functiondef('join_group'::regproc) as source`,
  );
  const flattened = (rows[0]?.source ?? '')
    .replace(/where \(\s+select e.id from/, 'where not exists (select from')
    .replace(/limit 1\s+\) is null/, ')')
    .replace(/SET plan_cache_mode TO '\w+'/, `SET enable_hashjoin TO 'off' SET enable_mergejoin TO 'off'`);
  await store.pool.query(flattened);
  await store.pool.query('drop index entry_one_live_place, entry_of_person');
  await store.pool.query('create index on entry (event_id, user_id)');
  expect(await plansAfter(4)).toMatch(SCANS);
});
