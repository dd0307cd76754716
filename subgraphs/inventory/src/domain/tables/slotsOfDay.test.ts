import { daily, restaurant } from './testRestaurant.js';
import type { RestaurantConfiguration, Slot } from './restaurant.js';
import { closedByTime, findSlot, slotsOfDay, stayOf } from './slotsOfDay.js';
import { addDays, endInstantOf, instantsOf, localDate, localTimeText } from './wallClock.js';

const timesOf = (values: Partial<RestaurantConfiguration>, date: string): readonly string[] =>
  slotsOfDay(restaurant(values), date).map((slot) => textOf(slot).slice(5));
const textOf = ({ startsAt, offset }: Slot): string => localTimeText(startsAt, offset);

describe('slotsOfDay', () => {
  test('begins at opening and ends the shortest stay before closing', () => {
    expect(timesOf({}, '2026-06-01')).toEqual(
      ['18:00', '18:30', '19:00', '19:30', '20:00', '20:30', '21:00', '21:30'].map(
        (time) => `06-01T${time}+02:00`,
      ),
    );
  });

  test('goes past midnight, as part of the day on which it opened', () => {
    const of = restaurant({ schedule: daily('22:00', '01:00') });
    const slots = slotsOfDay(of, '2026-06-01').map((slot) => textOf(slot).slice(8, 16));
    expect(slots).toEqual(['01T22:00', '01T22:30', '01T23:00', '01T23:30']);
    const late = restaurant({ schedule: daily('22:00', '02:00') });
    expect(slotsOfDay(late, '2026-06-01').map(textOf).at(-1)).toBe('2026-06-02T00:30+02:00');
    expect(findSlot(late, Date.parse('2026-06-01T22:30:00Z'))?.day).toBe('2026-06-01');
    expect(findSlot(late, Date.parse('2026-06-01T22:15:00Z'))).toBeNull();
  });

  test('takes several intervals, weekdays, closed days and exceptions', () => {
    const schedule = {
      slotMinutes: 60,
      hours: [
        { weekday: 1, opens: '18:00', closes: '20:00' },
        { weekday: 1, opens: '12:00', closes: '14:00' },
      ],
      exceptions: [
        { date: '2026-06-08', intervals: [] },
        { date: '2026-06-09', intervals: [{ opens: '10:00', closes: '12:00' }] },
      ],
    };
    const starts = (date: string) => timesOf({ schedule }, date).map((time) => time.slice(6, 11));
    expect(starts('2026-06-01')).toEqual(['12:00', '18:00']);
    expect(starts('2026-06-02')).toEqual([]);
    expect(starts('2026-06-08')).toEqual([]);
    expect(starts('2026-06-09')).toEqual(['10:00']);
  });

  test('leaves out the hour that clocks skip', () => {
    expect(timesOf({ schedule: daily('00:00', '05:00') }, '2026-03-29').slice(0, 6)).toEqual([
      '03-29T00:00+01:00',
      '03-29T00:30+01:00',
      '03-29T01:00+01:00',
      '03-29T01:30+01:00',
      '03-29T03:00+02:00',
      '03-29T03:30+02:00',
    ]);
  });

  test('has the hour that comes twice twice, as two instants', () => {
    const slots = slotsOfDay(restaurant({ schedule: daily('18:00', '05:00') }), '2026-10-24');
    const night = slots.map((slot) => textOf(slot).slice(5)).slice(-8, -2);
    expect(night).toEqual([
      '10-25T01:00+02:00',
      '10-25T01:30+02:00',
      '10-25T02:00+02:00',
      '10-25T02:30+02:00',
      '10-25T02:00+01:00',
      '10-25T02:30+01:00',
    ]);
    const starts = slots.map(({ startsAt }) => startsAt);
    expect(new Set(starts.map((each, index) => each - (starts[index - 1] ?? each - 1_800_000)))).toEqual(
      new Set([1_800_000]),
    );
  });

  test('a closing time that clocks skip is when they are changed', () => {
    expect(endInstantOf('Europe/Berlin', '2026-03-29', 150)).toBe(Date.parse('2026-03-29T01:00:00Z'));
    expect(timesOf({ schedule: daily('22:00', '02:30') }, '2026-03-28').at(-1)).toBe('03-29T00:30+01:00');
  });

  const zones = [
    ['Europe/Berlin', '2026-03-27', '2026-10-23'],
    ['America/New_York', '2026-03-06', '2026-10-30'],
    ['Australia/Lord_Howe', '2026-04-03', '2026-10-02'],
    ['Asia/Ho_Chi_Minh', '2026-03-27', '2026-10-23'],
    ['America/St_Johns', '2026-03-06', '2026-10-30'],
    ['Africa/Cairo', '2026-04-22', '2026-10-28'],
  ] as const;
  const hours = [
    ['00:00', '00:00', 30],
    ['22:00', '04:00', 15],
    ['01:30', '06:00', 20],
    ['17:45', '01:00', 45],
    ['02:10', '03:50', 10],
  ] as const;

  test.each(zones.flatMap((zone) => hours.map((each) => [...zone, ...each] as const)))(
    'in %s around %s and %s, from %s to %s every %i minutes, agrees with looking at every minute',
    (timeZone, spring, autumn, opens, closes, slotMinutes) => {
      const of = restaurant({ timeZone, schedule: daily(opens, closes, slotMinutes) });
      for (const first of [spring, autumn]) {
        for (let days = 0; days < 4; days += 1) {
          const date = addDays(first, days);
          expect(slotsOfDay(of, date).map(({ startsAt }) => startsAt)).toEqual(
            byEveryMinute(timeZone, date, opens, closes, slotMinutes, of.shortestStay),
          );
        }
      }
    },
  );
});

/** The slots of a day found without arithmetic on zones: by what the clock on the wall shows at each minute. */
function byEveryMinute(
  timeZone: string,
  date: string,
  opens: string,
  closes: string,
  slotMinutes: number,
  stay: number,
): readonly number[] {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const from = minutes(opens);
  const until = minutes(closes) + (closes <= opens ? 1440 : 0);
  const shown = shownAround(timeZone, date);
  // Closing: the last moment at which the clock comes to the time, or passes it.
  const end = shown.findLast(
    ({ wall }, index) => wall === until || ((shown[index - 1]?.wall ?? wall) < until && wall > until),
  );
  return shown
    .filter(({ instant, wall }) => {
      const isSlot = wall >= from && wall < until && (wall - from) % slotMinutes === 0;
      return isSlot && instant <= (end?.instant ?? -Infinity) - stay;
    })
    .map(({ instant }) => instant);
}

interface Shown {
  readonly instant: number;
  /** Minutes since midnight of the date. */
  readonly wall: number;
}

const remembered = new Map<string, readonly Shown[]>();

/** What a wall clock shows at each minute around a date. */
function shownAround(timeZone: string, date: string): readonly Shown[] {
  const key = `${timeZone} ${date}`;
  const known = remembered.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const midnight = Date.parse(date);
  const shown: Shown[] = [];
  for (let instant = midnight - 16 * 3_600_000; instant < midnight + 54 * 3_600_000; instant += 60_000) {
    const wall = (Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - midnight) / 60_000;
    shown.push({ instant, wall });
  }
  remembered.set(key, shown);
  return shown;
}

describe('closedByTime', () => {
  const of = restaurant();
  const at = (text: string): number => Date.parse(text);
  const judge = (slot: string, now: string) => {
    const startsAt = at(slot);
    return closedByTime(of, { startsAt }, findSlot(of, startsAt)?.day ?? '', at(now));
  };

  test.each([
    ['2026-06-01T16:00:00Z', '2026-06-01T15:30:00Z', null],
    ['2026-06-01T16:00:00Z', '2026-06-01T15:30:00.001Z', 'SALE_ENDED'],
    ['2026-06-01T16:00:00Z', '2026-06-02T15:30:00Z', 'SALE_ENDED'],
    // The 31st day comes into the horizon at midnight in Berlin.
    ['2026-07-01T16:00:00Z', '2026-05-31T21:59:00Z', 'NOT_ON_SALE'],
    ['2026-07-01T16:00:00Z', '2026-05-31T22:00:00Z', null],
  ])('a slot at %s, seen at %s: %s', (slot, now, expected) => {
    expect(judge(slot, now)).toBe(expected);
  });
});

test('a party stays as long as the first duration that covers it', () => {
  const durations = [
    { upToPartySize: 2, minutes: 90 },
    { upToPartySize: 6, minutes: 120 },
  ];
  const of = restaurant({ seating: { ...restaurant().seating, durations } });
  expect([1, 2, 3, 6, 8].map((size) => stayOf(of, size) / 60_000)).toEqual([90, 90, 120, 120, 120]);
});

test('where midnight is skipped, the day is still found', () => {
  // Cairo changes clocks at midnight: 24 April 2026 begins at 01:00.
  expect(instantsOf('Africa/Cairo', '2026-04-24', 0)).toEqual([]);
  expect(localDate('Africa/Cairo', Date.parse('2026-04-23T22:00:00Z'))).toBe('2026-04-24');
});
