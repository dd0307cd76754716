import { isId, type InputCheck } from '@foyer/platform';
import type { LineRequest } from '../domain/requests.js';

const MAXIMUM_LINES = 20;
const MAXIMUM_QUANTITY = 1_000_000;

/** Notes what can't be used of an order's lines. */
export function checkLines(check: InputCheck, lines: readonly LineRequest[]): void {
  check.require(
    lines.length >= 1 && lines.length <= MAXIMUM_LINES,
    'input.lines',
    'LENGTH',
    `Give 1 to ${MAXIMUM_LINES} lines.`,
  );
  lines.forEach(({ offerId, quantity }, index) => {
    checkId(check, offerId, `input.lines.${index}.offerId`);
    check.integer(quantity, `input.lines.${index}.quantity`, 1, MAXIMUM_QUANTITY);
  });
  const distinct = new Set(lines.map(({ offerId }) => offerId.toLowerCase()));
  check.require(distinct.size === lines.length, 'input.lines', 'DUPLICATE', 'Give each offer once.');
}

/** Notes what is no id. */
export function checkId(check: InputCheck, id: string, path: string): void {
  check.require(isId(id), path, 'NOT_AN_ID', 'Give an id.');
}

/** The lines with ids as the database writes them. */
export function normalizeLines(lines: readonly LineRequest[]): readonly LineRequest[] {
  return lines.map(({ offerId, quantity }) => ({ offerId: offerId.toLowerCase(), quantity }));
}
