import { parseValue, type GraphQLScalarType } from 'graphql';
import { currencyCode } from './currencyCode.js';
import { dateTime } from './dateTime.js';
import { json } from './json.js';
import { minorUnits } from './minorUnits.js';

const literal = (scalar: GraphQLScalarType, text: string): unknown => scalar.parseLiteral(parseValue(text));

describe('DateTime', () => {
  test.each([
    ['2026-05-01T18:00:00Z', '2026-05-01T18:00:00.000Z'],
    ['2026-05-01T18:00Z', '2026-05-01T18:00:00.000Z'],
    ['2026-05-01T18:00:00.123456+07:00', '2026-05-01T11:00:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(dateTime.serialize(dateTime.parseValue(text))).toBe(instant);
    expect(literal(dateTime, `"${text}"`)).toEqual(new Date(instant));
  });

  test.each([
    '2026-05-01',
    '2026-05-01T18:00:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-05-01T25:00:00Z',
    'tomorrow',
    '0000-12-31T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:00:00-02:00',
    1_700_000_000,
    null,
  ])('refuses %s', (value) => {
    expect(() => dateTime.parseValue(value)).toThrow('instant');
  });

  test('writes instants only, and takes no number in a document', () => {
    expect(dateTime.serialize(0)).toBe('1970-01-01T00:00:00.000Z');
    expect(() => dateTime.serialize('never')).toThrow('instant');
    expect(() => literal(dateTime, '17')).toThrow('instant');
  });
});

describe('MinorUnits', () => {
  test('goes past 2^31, both ways', () => {
    expect(minorUnits.parseValue(3_000_000_000)).toBe(3_000_000_000);
    expect(literal(minorUnits, '-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER);
    expect(minorUnits.serialize(12n)).toBe(12);
  });

  test.each([1.5, '12', Number.MAX_SAFE_INTEGER + 1, NaN, null])('refuses %s', (value) => {
    expect(() => minorUnits.parseValue(value)).toThrow('minor units');
    expect(() => minorUnits.serialize(value)).toThrow('minor units');
  });

  test('refuses what is no integer in a document', () => {
    expect(() => literal(minorUnits, '1.5')).toThrow('minor units');
    expect(() => literal(minorUnits, '"12"')).toThrow('minor units');
    expect(() => literal(minorUnits, '9007199254740993')).toThrow('minor units');
  });
});

test('CurrencyCode is three capital letters', () => {
  expect(currencyCode.parseValue('VND')).toBe('VND');
  expect(literal(currencyCode, '"EUR"')).toBe('EUR');
  for (const value of ['eur', 'EURO', '', 7])
    expect(() => currencyCode.parseValue(value)).toThrow('capital letters');
  expect(() => literal(currencyCode, 'EUR')).toThrow('capital letters');
});

test('JSON is any value', () => {
  expect(literal(json, '{ a: [1, "x", null] }')).toEqual({ a: [1, 'x', null] });
  expect(json.parseValue({ a: 1 })).toEqual({ a: 1 });
});
