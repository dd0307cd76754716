import { newId } from '@foyer/platform';
import { areaOfSeats, areaOfTables, type TestRestaurant } from '../testing/createTestRestaurant.js';
import { confirmOf, createTestStores, type TestStores } from '../testing/createTestStore.js';
import { reconcile } from './reconcile.js';

describe('the constraints behind tables', () => {
  let system: TestStores;
  let place: TestRestaurant;
  const personId = newId();

  beforeEach(async () => {
    system = await createTestStores();
    place = await system.restaurant({
      areas: [areaOfTables([2, 2]), areaOfSeats(3)],
      limitPerPersonAndDay: 2,
    });
    const [store] = system.stores;
    const first = place.hold(0, 2, { personId });
    await store.hold(first);
    await store.confirm(confirmOf(first.orderId));
    await store.hold(place.hold(6, 2, { personId }));
    await store.hold(place.hold(0, 3, { lines: [place.line(0, 3, place.areas.slice(1))] }));
  });
  afterEach(async () => system.stop());

  test.each([
    [
      'seating_table_never_twice',
      `insert into seating_table select gen_random_uuid(), offer_id, table_id, during from seating_table`,
    ],
    [
      'seating_person_once',
      `insert into seating select gen_random_uuid(), offer_id, listing_id, person_id, day, during, 1, '{}', true
       from seating`,
    ],
    ['seating_during_check', `update seating set during = 'empty'`],
    ['seating_party_size_check', 'update seating set party_size = 0'],
    ['slot_seats_never_overfilled', 'update slot_seats set taken = 4'],
    ['slot_seats_not_negative', 'update slot_seats set taken = -1'],
    ['person_day_within_limit', 'update person_day set seatings = 3'],
    ['person_day_not_negative', 'update person_day set seatings = -1'],
    ['offer_table_not_counted', 'update offer set sold = 1'],
    [
      'waitlist_offered',
      `insert into waitlist_entry select gen_random_uuid(), id, id, 1, 2, '{}', '[now,now]', 'OFFERED', null, 0, now()
       from listing`,
    ],
  ])('%s refuses: %s', async (constraint, statement) => {
    await expect(system.pool.query(statement)).rejects.toMatchObject({ constraint });
  });

  test('one person has one place in line for a time', async () => {
    const insert = `insert into waitlist_entry
      select gen_random_uuid(), id, id, $1, 2, '{}', tstzrange(now(), now() + interval '1 hour', '[]'), $2, null, 0, now()
      from listing`;
    await system.pool.query(insert, [1, 'WAITING']);
    await system.pool.query(insert, [2, 'LEFT']);
    await expect(system.pool.query(insert, [2, 'LEFT'])).rejects.toMatchObject({
      constraint: 'waitlist_place',
    });
    await expect(system.pool.query(insert, [3, 'WAITING'])).rejects.toMatchObject({
      constraint: 'waitlist_person_once',
    });
  });

  test('a timeline that is not what the holds say is found', async () => {
    const subjects = async (): Promise<readonly string[]> => {
      const found = await reconcile(system.pool);
      return [...new Set(found.map(({ subject, counter }) => `${subject} ${counter}`))].sort();
    };
    expect(await subjects()).toEqual([]);
    await system.pool.query(
      `update seating_table set during = tstzrange(lower(during), upper(during) + '1 minute')`,
    );
    expect(await subjects()).toEqual(['TABLE differences']);
    await system.pool.query('delete from seating_table');
    await system.pool.query('update slot_seats set taken = 1');
    await system.pool.query('update person_day set seatings = 0');
    expect(await subjects()).toEqual(['PERSON_DAY seatings', 'SEATS taken', 'TABLE differences']);
    await system.pool.query('update seating set live = false where tables <> $1', ['{}']);
    expect(await subjects()).toContain('SEATING live');
    await system.pool.query(`update hold set state = 'EXPIRED'`);
    expect(await subjects()).toContain('SEATING live');
  });

  test('a table that has two parties is found, also where the guard has let it pass', async () => {
    await system.pool.query('alter table seating_table drop constraint seating_table_never_twice');
    await system.pool.query('alter table seating drop constraint seating_person_once');
    await system.pool.query(
      `update seating set during = (select during from seating where cardinality(tables) > 0 limit 1),
         tables = (select tables from seating where cardinality(tables) > 0 limit 1)
       where cardinality(tables) > 0`,
    );
    const found = await reconcile(system.pool);
    expect(found.filter(({ counter }) => counter === 'overlaps')).toMatchObject([
      { subject: 'TABLE', counted: 1 },
    ]);
  });
});
