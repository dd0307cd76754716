import { waitUntil } from '@foyer/kafka/testing';
import { newId } from '@foyer/platform';
import { createTestStore } from '../testing/createTestStore.js';
import { joinGroup } from './joinGroup.js';

test('a line that grows from nothing, before any statistics: what a join reads does not grow with the line', async () => {
  const store = await createTestStore();
  await store.pool.query('alter table entry set (autovacuum_enabled = off)');
  const eventId = await store.createQueue();
  const groups = 20;
  const size = 250;
  for (let group = 0; group < groups; group += 1) {
    const requests = Array.from({ length: size }, () => ({ userId: newId(), staysForReturns: false }));
    await store.run((sql) => joinGroup(sql, eventId, requests, { opensBeforeMs: 0 }));
  }
  const figures = `select n_tup_ins::integer as joined,
      (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'entry')::integer as "readByIndex",
      seq_tup_read::integer as "readInSequence"
    from pg_stat_user_tables where relname = 'entry'`;
  const found = await waitUntil(async () => {
    const { rows } =
      await store.pool.query<Record<'joined' | 'readByIndex' | 'readInSequence', number>>(figures);
    return rows[0]?.joined === groups * size && rows[0];
  }, 'statistics of all joins');
  // An anti-join planned for the empty table read 12 million.
  expect(found.readByIndex).toBeLessThan(10 * groups * size);
  expect(found.readInSequence).toBeLessThan(10 * groups * size);
  await store.drop();
});
