import { ReservationConfirmed } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId } from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { createTestCatalog, type TestCatalog } from './testing/createTestCatalog.js';
import { DAILY, mutate, published, step } from './testing/restaurants.js';

let catalog: TestCatalog;
const owner = person();
let organizationId: string;

beforeAll(async () => {
  catalog = await createTestCatalog();
  organizationId = await catalog.organization([[owner, 'OWNER']]);
});

afterAll(() => catalog.stop());

describe('a change that reservations do not fit into', () => {
  const booked = async (
    restaurantId: string,
    areaId: string,
    startsAt: string,
    partySize: number,
    code: string,
  ) => {
    const reservationId = newId();
    const endsAt = new Date(new Date(startsAt).getTime() + 90 * 60_000).toISOString();
    await catalog.tell('order-events', [
      testEvent(ReservationConfirmed, {
        aggregateId: reservationId,
        data: {
          ...{ reservationId, code, restaurantId, areaId, startsAt, endsAt, partySize },
          ...{ userId: newId(), guest: null, status: 'CONFIRMED' },
        },
      }),
    ]);
  };
  // A Wednesday, far ahead; 19:30 in Ho Chi Minh City.
  const evening = '2091-05-16T12:30:00.000Z';

  let id: string;
  let areaId: string;

  beforeEach(async () => {
    id = await published(catalog, owner, organizationId);
    areaId =
      (await mutate(catalog, owner, 'updateRestaurant', { restaurantId: id })).restaurant.areas[0]?.id ?? '';
    await booked(id, areaId, evening, 4, 'EVENING');
    await booked(id, areaId, '2091-05-16T05:00:00.000Z', 2, 'NOON');
  });

  const lunchOnly = DAILY.map((day) => ({ ...day, closes: '15:00' }));

  it('lists them, changes nothing, and is made when the operator says so', async () => {
    const refused = await mutate(catalog, owner, 'setRestaurantHours', {
      restaurantId: id,
      hours: lunchOnly,
    });
    expect(refused).toMatchObject({
      __typename: 'ReservationsInConflict',
      code: 'RESERVATIONS_IN_CONFLICT',
      count: 1,
      reservations: [{ code: 'EVENING', startsAt: evening, partySize: 4, areaName: 'Room' }],
    });
    expect(await catalog.told('restaurant.updated', id)).toHaveLength(2);
    const kept = await mutate(catalog, owner, 'setRestaurantHours', {
      restaurantId: id,
      hours: lunchOnly,
      keepReservations: true,
    });
    expect(kept.__typename).toBe('RestaurantPayload');
    // What did not fit before is no news.
    const again = await mutate(catalog, owner, 'setRestaurantException', {
      restaurantId: id,
      date: '2091-05-17',
      intervals: [],
    });
    expect(again.__typename).toBe('RestaurantPayload');
  });

  it.each<[string, string, () => object, readonly string[]]>([
    [
      'a closed day',
      'setRestaurantException',
      () => ({ date: '2091-05-16', intervals: [] }),
      ['NOON', 'EVENING'],
    ],
    [
      'a table less',
      'setRestaurantAreas',
      () => ({ areas: [{ areaId, name: 'Room', tables: [{ name: '1', seats: 2 }] }] }),
      ['EVENING'],
    ],
    [
      'an area less',
      'setRestaurantAreas',
      () => ({ areas: [{ name: 'Bar', kind: 'SEATS', place: 'BAR', seats: 20 }] }),
      ['NOON', 'EVENING'],
    ],
    ['another time zone', 'updateRestaurant', () => ({ timeZone: 'America/New_York' }), ['NOON', 'EVENING']],
  ])('is noticed for %s', async (_, call, change, codes) => {
    const refused = await mutate(catalog, owner, call, { restaurantId: id, ...change() });
    expect((refused['reservations'] as { code: string }[]).map(({ code }) => code)).toEqual(codes);
  });

  it('is noticed for closing, and forgotten once they are over', async () => {
    expect(await step(catalog, owner, 'closeRestaurant', id)).toMatchObject({ count: 2 });
    catalog.clock.set(new Date('2091-05-17T00:00:00Z'));
    try {
      expect((await step(catalog, owner, 'closeRestaurant', id)).restaurant.status).toBe('CLOSED');
    } finally {
      catalog.clock.set(new Date());
    }
  });
});
