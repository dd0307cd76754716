import { checkTimeZones } from './checkTimeZones.js';
import { isDay } from './day.js';
import { normalCode } from './normalCode.js';

test('a code is read as people type it', () => {
  for (const typed of ['abc-2 34', 'ABC234', ' ａｂｃ２３４', 'abc\u2013234'])
    expect(normalCode(typed)).toBe('ABC234');
});

test('this runtime has zone rules that are new enough', () => {
  expect(checkTimeZones).not.toThrow();
});

test.each([
  ['2026-12-24', true],
  ['2024-02-29', true],
  ['1900-01-01', true],
  ['2999-12-31', true],
  ['2026-02-29', false],
  ['0000-01-01', false],
  ['0001-01-01', false],
  ['9999-12-31', false],
  ['2026-1-1', false],
  ['2026-12-24T00:00:00Z', false],
  ['', false],
])('%s is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});
