import { checkEventData } from '../event/checkEventData.js';
import {
  InventoryHeld,
  ReservationConfirmed,
  RestaurantUpdated,
  TablesFree,
  type RestaurantSnapshot,
} from './index.js';

const id = '0198c0de-0000-7000-8000-000000000001';

const restaurant: RestaurantSnapshot = {
  restaurantId: id,
  organizationId: id,
  name: 'Bến Nghé',
  status: 'PUBLISHED',
  address: '1 Quay',
  city: 'Hồ Chí Minh',
  zipCode: '700000',
  location: { latitude: 10.77, longitude: 106.7 },
  timeZone: 'Asia/Ho_Chi_Minh',
  cuisines: ['vietnamese'],
  priceRange: 2,
  schedule: {
    slotMinutes: 30,
    hours: [{ weekday: 7, opens: '17:00', closes: '01:00' }],
    exceptions: [{ date: '2026-12-24', intervals: [] }],
  },
  seating: {
    durations: [{ upToPartySize: 8, minutes: 90 }],
    minimumParty: 1,
    maximumParty: 8,
    horizonDays: 60,
    noticeMinutes: 30,
  },
  areas: [
    {
      areaId: id,
      name: 'Main room',
      place: 'INSIDE',
      kind: 'TABLES',
      seats: null,
      tables: [{ tableId: id, name: '1', seats: 4, minimumParty: 2 }],
      joins: [],
    },
  ],
  deposit: { amount: 0, currency: 'VND' },
  cancellation: { freeUntilHours: 24, thenPercent: 50 },
  limitPerPersonAndDay: 1,
};

describe('restaurant events', () => {
  test('carry a whole restaurant', () => {
    expect(checkEventData(RestaurantUpdated, restaurant)).toEqual([]);
  });

  test.each<[string, object]>([
    ['/priceRange', { priceRange: 5 }],
    ['/schedule/hours/0/opens', { schedule: hours({ weekday: 1, opens: '24:00', closes: '01:00' }) }],
    ['/schedule/hours/0/weekday', { schedule: hours({ weekday: 0, opens: '12:00', closes: '01:00' }) }],
    ['/location/latitude', { location: { latitude: 91, longitude: 0 } }],
    ['/status', { status: 'OPEN' }],
  ])('are refused with a wrong %s', (path, change) => {
    expect(checkEventData(RestaurantUpdated, { ...restaurant, ...change })[0]).toContain(path);
  });
});

describe('holds', () => {
  const line = { offerId: id, listingId: id, quantity: 2 };
  const seating = {
    restaurantId: id,
    areaId: id,
    startsAt: '2026-12-01T12:00:00.000Z',
    endsAt: '2026-12-01T13:30:00.000Z',
    partySize: 2,
  };

  test('may be of a table at a time', () => {
    const held = (lines: readonly object[]) =>
      checkEventData(InventoryHeld, { orderId: id, lines, expiresAt: '2026-12-01T12:00:00.000Z' });
    expect([held([line]), held([{ ...line, seating }])]).toEqual([[], []]);
    expect(held([{ ...line, seating: { ...seating, partySize: 0 } }])).not.toEqual([]);
  });
});

test('tables.free may say that nothing is', () => {
  expect(checkEventData(TablesFree, { restaurantId: id, date: '2026-12-01', slots: [] })).toEqual([]);
});

test('a reservation names a person, or a guest under seal', () => {
  const reservation = {
    reservationId: id,
    code: 'K7M4TQ',
    restaurantId: id,
    areaId: id,
    startsAt: '2026-12-01T12:00:00.000Z',
    endsAt: '2026-12-01T13:30:00.000Z',
    partySize: 2,
    userId: null,
    guest: 'sealed',
    status: 'CONFIRMED',
  };
  expect(checkEventData(ReservationConfirmed, reservation)).toEqual([]);
  expect(checkEventData(ReservationConfirmed, { ...reservation, guest: { name: 'An' } })).not.toEqual([]);
});

function hours(interval: object) {
  return { slotMinutes: 30, hours: [interval], exceptions: [] };
}
