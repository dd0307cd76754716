import { newId } from '@foyer/platform';
import { createTestStores, holdOf, type TestStores } from '../testing/createTestStore.js';
import { reconcile } from './reconcile.js';

describe('the constraints behind the rules', () => {
  let system: TestStores;
  let listing: string;
  let offer: string;

  beforeEach(async () => {
    system = await createTestStores();
    listing = await system.listing({ maximumAttendees: 3 });
    offer = await system.offer(listing, { total: 5, limit: 2 });
    await system.stores[0].hold(holdOf(offer, { quantity: 2 }));
  });
  afterEach(async () => system.stop());

  test.each([
    ['offer_never_oversold', 'update offer set sold = 4'],
    ['offer_never_oversold', 'update offer set total = 1'],
    ['offer_reserved_not_negative', 'update offer set reserved = -1'],
    ['offer_sold_not_negative', 'update offer set sold = -1'],
    ['listing_within_maximum', 'update listing set taken = 4'],
    ['listing_taken_not_negative', 'update listing set taken = -1'],
    ['person_units_within_limit', 'update person_units set units = 3'],
    ['person_units_not_negative', 'update person_units set units = -1'],
    ['hold_line_returned', 'update hold_line set returned = 3'],
    ['hold_complete', 'update hold set person_id = null'],
    [
      'hold_pkey',
      `insert into hold (order_id, state, created_at) select order_id, 'RELEASED', now() from hold`,
    ],
  ])('%s refuses: %s', async (constraint, statement) => {
    await expect(system.pool.query(statement)).rejects.toMatchObject({ constraint });
  });

  test('a maximum below what is taken is taken over, and only growth is refused', async () => {
    await system.pool.query('update listing set maximum_attendees = 1');
    await system.pool.query('update listing set taken = 1');
    await expect(system.pool.query('update listing set taken = 2')).rejects.toMatchObject({
      constraint: 'listing_within_maximum',
    });
    await system.pool.query('update listing set taken = 2, maximum_attendees = 3');
  });

  test('a drift is found', async () => {
    expect(await reconcile(system.pool)).toEqual([]);
    await system.pool.query('update offer set reserved = 1, sold = 1');
    await system.pool.query('update listing set taken = 1');
    await system.pool.query('update person_units set units = 0');
    const other = newId();
    await system.pool.query(
      'insert into person_units (offer_id, person_id, units, allowed) values ($1, $2, 1, 2)',
      [offer, other],
    );
    const found = [...(await reconcile(system.pool))].sort((a, b) =>
      `${a.subject}${a.counter}`.localeCompare(`${b.subject}${b.counter}`),
    );
    expect(found).toMatchObject([
      { subject: 'LISTING', id: listing, counter: 'taken', counted: 1, expected: 2 },
      { subject: 'OFFER', id: offer, counter: 'reserved', counted: 1, expected: 2 },
      { subject: 'OFFER', id: offer, counter: 'sold', counted: 1, expected: 0 },
      { subject: 'PERSON', id: offer, counter: 'units' },
      { subject: 'PERSON', id: offer, counter: 'units' },
    ]);
  });
});
