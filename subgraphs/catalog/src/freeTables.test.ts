import { newId } from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { createSearchFixture, LIST, saigon, type SearchFixture } from './testing/createSearchFixture.js';

let fixture: SearchFixture;

beforeAll(async () => {
  fixture = await createSearchFixture();
});

afterAll(() => fixture.catalog.stop());

describe('restaurants', () => {
  it('are found when free at a time for a party', async () => {
    const at = '2091-06-01T12:30:00.000Z';
    const areaId = newId();
    const free = (name: string, date: string, startsAt: string, partySizes: number[]) =>
      fixture.catalog.free({
        restaurantId: fixture.ids[name] ?? '',
        date,
        slots: [{ startsAt, free: [{ areaId, partySizes }] }],
      });
    await free('Quán Hoa Sen', '2091-06-01', at, [1, 2]);
    await free('Night Owl', '2091-06-01', at, [1, 2, 3, 4]);
    await free('Trattoria Bella', '2091-06-01', '2091-06-01T13:00:00.000Z', [4]);
    const of = (partySize: number, withinMinutes = 0, time = at) =>
      fixture.names({ near: { point: saigon }, free: { at: time, partySize, withinMinutes } });
    expect(await of(2)).toEqual(['Quán Hoa Sen', 'Night Owl']);
    expect(await of(4)).toEqual(['Night Owl']);
    expect(await of(4, 30)).toEqual(['Night Owl', 'Trattoria Bella']);
    expect(await of(5)).toEqual([]);
    // Another day of the same hour.
    expect(await of(2, 0, '2091-06-02T12:30:00.000Z')).toEqual([]);
    // What begins past midnight belongs to the restaurant's day before.
    await free('Night Owl', '2091-06-02', '2091-06-02T18:00:00.000Z', [2]);
    expect(await of(2, 0, '2091-06-02T18:00:00.000Z')).toEqual(['Night Owl']);
    await fixture.catalog.free({
      restaurantId: fixture.ids['Night Owl'] ?? '',
      date: '2091-06-01',
      slots: [],
    });
    expect(await of(2)).toEqual(['Quán Hoa Sen']);
  });

  it('keep the newest that is told of what is free', async () => {
    const restaurantId = fixture.ids['Chez Hanoi'] ?? '';
    const slots = [{ startsAt: '2091-07-01T12:00:00.000Z', free: [{ areaId: newId(), partySizes: [2] }] }];
    await fixture.catalog.free({ restaurantId, date: '2091-07-01', slots: [] }, 5000);
    await fixture.catalog.free({ restaurantId, date: '2091-07-01', slots }, 4999);
    expect(await fixture.names({ free: { at: '2091-07-01T12:00:00.000Z' } })).toEqual([]);
  });

  it('suit the caller’s preferences', async () => {
    const diner = person();
    await fixture.catalog.person(diner.userId, {
      preferences: { cuisines: ['vietnamese', 'italian'], dietary: ['VEGETARIAN'], defaultPartySize: 4 },
    });
    expect(await fixture.names({ byPreferences: true }, {}, diner)).toEqual(['Quán Hoa Sen']);
    await fixture.catalog.person(diner.userId, {
      preferences: { cuisines: ['italian'], dietary: [], defaultPartySize: 3 },
    });
    expect(await fixture.names({ byPreferences: true }, {}, diner)).toEqual(['Trattoria Bella']);
    expect(await fixture.names({ byPreferences: true, cuisines: ['french'] }, {}, diner)).toEqual([
      'Chez Hanoi',
    ]);
    const at = '2091-08-01T12:00:00.000Z';
    await fixture.catalog.free({
      restaurantId: fixture.ids['Quán Hoa Sen'] ?? '',
      date: '2091-08-01',
      slots: [{ startsAt: at, free: [{ areaId: newId(), partySizes: [1, 2] }] }],
    });
    // Guests are two, this person comes with three.
    expect(await fixture.names({ free: { at } })).toEqual(['Quán Hoa Sen']);
    expect(await fixture.names({ free: { at } }, {}, diner)).toEqual([]);
    expect(await fixture.faultOf(LIST, { filter: { byPreferences: true } })).toBe('UNAUTHENTICATED');
  });
});
