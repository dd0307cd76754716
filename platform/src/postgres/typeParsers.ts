import { type CustomTypesConfig, types } from 'pg';

type TypeId = Parameters<typeof types.getTypeParser>[0];

const INT8_ARRAY = 1016;
const TIMESTAMP_ARRAY = 1115;
const DATE_ARRAY = 1182;
const NUMERIC_ARRAY = 1231;
const TEXT_ARRAY = 1009;

const parseTextArray = types.getTypeParser(TEXT_ARRAY as never, 'text') as (
  text: string,
) => (string | null)[];

const parseTimestamptz = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text') as (
  text: string,
) => Date | number | null;

/** Postgres writes `2026-01-31 12:00:00.123`; without a zone the driver would read it in the process's own. */
function parseTimestampAsUtc(text: string): Date | number | null {
  return parseTimestamptz(text.endsWith('infinity') ? text : `${text}+00`);
}

function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => parseTextArray(text).map((item) => (item === null ? null : parse(item)));
}

const asIs = (text: string): string => text;

const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, BigInt],
  [INT8_ARRAY, arrayOf(BigInt)],
  [types.builtins.NUMERIC, asIs],
  [NUMERIC_ARRAY, arrayOf(asIs)],
  [types.builtins.DATE, asIs],
  [DATE_ARRAY, arrayOf(asIs)],
  [types.builtins.TIMESTAMP, parseTimestampAsUtc],
  [TIMESTAMP_ARRAY, arrayOf(parseTimestampAsUtc)],
]);

/**
 * How values of a query become JavaScript's:
 *
 * | Postgres | JavaScript |
 * |---|---|
 * | int2, int4, float4, float8 | number |
 * | int8, `count(*)` | bigint |
 * | numeric, `sum(int8)` | string (no digit is lost) |
 * | timestamptz; timestamp, read as UTC | Date (milliseconds; finer digits are cut) |
 * | date | string `YYYY-MM-DD` (a day has no instant) |
 * | json, jsonb | parsed |
 * | bytea | Buffer |
 * | arrays of these | arrays of these |
 * | anything else, uuid too | string, or the driver's default |
 */
export const typeParsers: CustomTypesConfig = {
  getTypeParser(oid: TypeId, format?: 'text' | 'binary') {
    const parser = format === 'binary' ? undefined : parsers.get(oid);
    return (parser ?? types.getTypeParser(oid, format)) as never;
  },
};
