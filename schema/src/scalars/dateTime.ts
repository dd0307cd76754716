import { GraphQLScalarType, Kind } from 'graphql';

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * `DateTime`: a `Date` inside, ISO 8601 text in UTC with milliseconds outside. Input may carry any offset from UTC but
 * must carry one; a day that no calendar has is refused, and so is a year that is not 1 to 9999.
 */
export const dateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    const instant = value instanceof Date ? value : new Date(value as string | number);
    if (Number.isNaN(instant.getTime())) throw new TypeError(`${String(value)} is no instant.`);
    return instant.toISOString();
  },
  parseValue: parse,
  parseLiteral(node) {
    if (node.kind !== Kind.STRING) throw wrong('This');
    return parse(node.value);
  },
});

function parse(value: unknown): Date {
  if (typeof value !== 'string' || !FORM.test(value)) throw wrong('This');
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime()) || !hasDay(value) || !isOfCalendar(instant)) throw wrong(value);
  return instant;
}

/** Postgres has no year 0, and five digits of a year are read by nobody; in UTC, whatever the offset. */
function isOfCalendar(instant: Date): boolean {
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** Date takes the 30th of February for the 2nd of March; nobody who writes it means that. */
function hasDay(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function wrong(given: string): TypeError {
  return new TypeError(`${given} is no instant. Write ISO 8601 with an offset: 2026-05-01T18:00:00Z.`);
}
