import { InputCheck, type Refused } from '@foyer/platform/domain';
import { checkExceptions, checkHours, checkSlot, withException } from './checkHours.js';

/** What a check notes, as `path rule`. */
function noted(run: (check: InputCheck) => void): readonly string[] {
  const check = new InputCheck();
  run(check);
  try {
    check.done();
    return [];
  } catch (error) {
    const fields = (error as Refused).refusal['fields'] as { path: string; rule: string }[];
    return fields.map(({ path, rule }) => `${path} ${rule}`);
  }
}

const hours = (...given: [number, string, string][]) =>
  given.map(([weekday, opens, closes]) => ({ weekday, opens, closes }));

describe('weekly hours', () => {
  it.each<[string, [number, string, string][], readonly string[]]>([
    [
      'several intervals a day',
      [
        [1, '11:00', '14:00'],
        [1, '18:00', '23:00'],
      ],
      [],
    ],
    [
      'intervals that touch',
      [
        [1, '11:00', '14:00'],
        [1, '14:00', '23:00'],
      ],
      [],
    ],
    [
      'a night past midnight',
      [
        [1, '18:00', '02:00'],
        [2, '02:00', '05:00'],
      ],
      [],
    ],
    [
      'a whole day',
      [
        [1, '00:00', '00:00'],
        [2, '00:00', '00:00'],
      ],
      [],
    ],
    [
      'an overlap',
      [
        [1, '11:00', '14:00'],
        [1, '13:55', '15:00'],
      ],
      ['input.hours.1 OVERLAPS'],
    ],
    [
      'an overlap past midnight',
      [
        [1, '18:00', '02:00'],
        [2, '01:00', '05:00'],
      ],
      ['input.hours.1 OVERLAPS'],
    ],
    [
      'Sunday night in Monday',
      [
        [1, '01:00', '05:00'],
        [7, '18:00', '02:00'],
      ],
      ['input.hours.0 OVERLAPS'],
    ],
    ['a time off the grid', [[1, '11:01', '14:00']], ['input.hours.0.opens NOT_A_TIME']],
    ['24:00', [[1, '11:00', '24:00']], ['input.hours.0.closes NOT_A_TIME']],
    ['weekday 0', [[0, '11:00', '14:00']], ['input.hours.0.weekday OUT_OF_RANGE']],
    ['weekday 1.5', [[1.5, '11:00', '14:00']], ['input.hours.0.weekday OUT_OF_RANGE']],
  ])('%s', (_, given, expected) => {
    expect(noted((check) => checkHours(check, hours(...given)))).toEqual(expected);
  });

  it('are not endless', () => {
    const many = Array.from({ length: 1000 }, () => ({ weekday: 1, opens: 'x', closes: 'y' }));
    expect(noted((check) => checkHours(check, many)).length).toBeLessThan(200);
  });
});

describe('an exception', () => {
  const schedule = { hours: hours([4, '18:00', '02:00'], [5, '11:00', '14:00']), exceptions: [] };
  const today = '2026-11-21';
  // 2026-12-25 is a Friday.
  const check = (date: string, ...intervals: [string, string][]) => {
    const changed = { date, intervals: intervals.map(([opens, closes]) => ({ opens, closes })) };
    return noted((each) => {
      checkExceptions(each, { ...schedule, exceptions: [changed] }, changed, today);
    });
  };

  it('may close a day or set other hours', () => {
    expect([check('2026-12-25'), check('2026-12-25', ['02:00', '10:00'])]).toEqual([[], []]);
  });

  it('may not overlap with the night before', () => {
    expect(check('2026-12-25', ['01:00', '10:00'])).toEqual(['input.intervals.0 OVERLAPS']);
  });

  it('may not go on into the day after', () => {
    expect(check('2026-12-24', ['20:00', '12:00'])).toEqual(['input.intervals.0 OVERLAPS']);
  });

  it.each(['2026-02-30', '26-12-24', 'tomorrow', '2026-12-24T00:00'])('needs a date, not %s', (date) => {
    expect(check(date)).toEqual(['input.date NOT_A_DATE']);
  });

  it('is not for the past', () => {
    expect(check('2026-11-19')).toEqual(['input.date PAST']);
  });

  it('replaces the one of its date, and those long past go', () => {
    const present = [
      { date: '2026-11-01', intervals: [] },
      { date: '2026-12-24', intervals: [] },
    ];
    const interval = { opens: '12:00', closes: '15:00' };
    expect(withException(present, { date: '2026-12-24', intervals: [interval] }, today)).toEqual([
      { date: '2026-12-24', intervals: [interval] },
    ]);
    expect(withException(present, { date: '2026-12-24', intervals: null }, today)).toEqual([]);
  });
});

it.each([0, 7, 245, 30.5])('refuses seatings every %d minutes', (minutes) => {
  expect(noted((check) => checkSlot(check, minutes)).length).toBeGreaterThan(0);
});
