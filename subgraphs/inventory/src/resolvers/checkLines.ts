import { isId, type InputCheck } from '@foyer/platform';
import type { LineRequest } from '../domain/requests.js';
import { checkIds, checkInstant } from './checkTables.js';

/** A line as it is asked for. */
export type LineInput = Omit<LineRequest, 'seating'> & {
  readonly seating?: LineRequest['seating'] | null;
};

const MAXIMUM_LINES = 20;
const MAXIMUM_QUANTITY = 1_000_000;

/** Notes what can't be used of an order's lines. */
export function checkLines(check: InputCheck, lines: readonly LineInput[]): void {
  check.require(
    lines.length >= 1 && lines.length <= MAXIMUM_LINES,
    'input.lines',
    'LENGTH',
    `Give 1 to ${MAXIMUM_LINES} lines.`,
  );
  lines.forEach(({ offerId, quantity, seating }, index) => {
    checkId(check, offerId, `input.lines.${index}.offerId`);
    check.integer(quantity, `input.lines.${index}.quantity`, 1, MAXIMUM_QUANTITY);
    if (!seating) return;
    checkInstant(check, seating.startsAt, `input.lines.${index}.seating.startsAt`);
    checkIds(check, seating.anyOf, `input.lines.${index}.seating.anyOf`);
  });
  const distinct = new Set(lines.map(({ offerId }) => offerId.toLowerCase()));
  check.require(distinct.size === lines.length, 'input.lines', 'DUPLICATE', 'Give each offer once.');
}

/** Notes what is no id. */
export function checkId(check: InputCheck, id: string, path: string): void {
  check.require(isId(id), path, 'NOT_AN_ID', 'Give an id.');
}

/** The lines with ids as the database writes them. */
export function normalizeLines(lines: readonly LineInput[]): readonly LineRequest[] {
  return lines.map(({ offerId, quantity, seating }) => ({
    offerId: offerId.toLowerCase(),
    quantity,
    ...(seating && {
      seating: { startsAt: seating.startsAt, anyOf: seating.anyOf.map((id) => id.toLowerCase()) },
    }),
  }));
}
