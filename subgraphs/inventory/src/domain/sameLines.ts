import type { HoldLine } from './book.js';
import type { LineRequest } from './requests.js';

/** Whether an order's lines are what a request asks for. */
export function sameLines(lines: readonly HoldLine[], requested: readonly LineRequest[]): boolean {
  return (
    lines.length === requested.length && requested.every((each) => lines.some((line) => isSame(line, each)))
  );
}

function isSame(line: HoldLine, { offerId, quantity, seating }: LineRequest): boolean {
  return (
    (line.offerId === offerId || (seating?.anyOf.includes(line.offerId) ?? false)) &&
    line.quantity === quantity &&
    line.seating?.startsAt === seating?.startsAt.getTime()
  );
}
