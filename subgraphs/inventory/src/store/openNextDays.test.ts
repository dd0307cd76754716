import { createBackOff, createLog, createMetrics, ManualClock } from '@foyer/platform';
import { createTestStores, type TestStores } from '../testing/createTestStore.js';
import { createRestaurantCache } from './createRestaurantCache.js';
import { openNextDays, RESTAURANTS_AT_ONCE } from './openNextDays.js';

/** Copies of a restaurant, in a zone that there is not. */
const POISONED = `
  with copy as (
    insert into listing (id, kind, organization_id, status, free, currency)
    select gen_random_uuid(), kind, organization_id, status, free, currency
    from listing cross join generate_series(1, $2::int) where id = $1
    returning id
  )
  insert into restaurant (listing_id, version, configuration, opened_until, next_day_at)
  select c.id, 1, r.configuration || '{"timeZone": "Nowhere/Land"}', r.opened_until, now() - interval '1 day'
  from copy c, restaurant r where r.listing_id = $1`;

let system: TestStores;

beforeAll(async () => {
  system = await createTestStores();
});

afterAll(() => system.stop());

test('restaurants whose next day can not be opened do not keep others from theirs, and are tried again', async () => {
  const { pool } = system;
  const { id } = (await system.restaurant()).restaurant;
  await pool.query(POISONED, [id, RESTAURANTS_AT_ONCE]);
  await pool.query(`update restaurant set next_day_at = now() - interval '1 minute' where listing_id = $1`, [
    id,
  ]);
  const clock = new ManualClock();
  const items = createBackOff({
    job: 'test',
    clock,
    log: createLog('test', 'silent'),
    metrics: createMetrics(),
  });
  const due = async (): Promise<number> =>
    (await pool.query('select from restaurant where next_day_at <= now()')).rowCount ?? NaN;
  const open = (): Promise<void> => openNextDays(pool, createRestaurantCache(), items);

  await open();
  // However many failed: what was not among the first is among the next.
  await open();
  expect(await due()).toBe(RESTAURANTS_AT_ONCE);
  expect(items.resting()).toHaveLength(RESTAURANTS_AT_ONCE);
  await pool.query(
    `update restaurant set configuration = configuration || '{"timeZone": "Europe/Berlin"}', version = 2
     where listing_id <> $1`,
    [id],
  );
  clock.advance(1000);
  await open();
  expect(await due()).toBe(0);
});
