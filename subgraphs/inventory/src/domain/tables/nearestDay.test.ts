import { nearestDay } from './nearestDay.js';
import { daily, restaurant } from './testRestaurant.js';

describe('nearestDay', () => {
  const late = restaurant({ schedule: daily('18:00', '01:00') });

  test.each([
    ['an evening', '2026-06-10T20:00:00+02:00', '2026-06-10'],
    ['past midnight', '2026-06-11T00:45:00+02:00', '2026-06-10'],
    ['after closing', '2026-06-11T02:00:00+02:00', '2026-06-10'],
    ['the morning', '2026-06-11T10:00:00+02:00', '2026-06-11'],
  ])('%s', (_, at, day) => {
    expect(nearestDay(late, Date.parse(at))).toBe(day);
  });

  test('the next that is open, and its own date where none is', () => {
    const open = { opens: '18:00', closes: '23:00' };
    const hours = [1, 2, 4, 5, 6, 7].map((weekday) => ({ weekday, ...open }));
    const closedOnWednesdays = restaurant({ schedule: { slotMinutes: 30, hours, exceptions: [] } });
    // 2026-06-10 is a Wednesday.
    expect(nearestDay(closedOnWednesdays, Date.parse('2026-06-10T22:00:00+02:00'))).toBe('2026-06-11');
    expect(nearestDay(closedOnWednesdays, Date.parse('2026-06-10T01:00:00+02:00'))).toBe('2026-06-09');
    const never = restaurant({ schedule: { slotMinutes: 30, hours: [], exceptions: [] } });
    expect(nearestDay(never, Date.parse('2026-06-10T19:00:00+02:00'))).toBe('2026-06-10');
  });
});
