import type { Book } from './book.js';
import { decideConfirm } from './decideConfirm.js';
import { decideHold } from './decideHold.js';
import { decideRelease } from './decideRelease.js';
import { decideReturn } from './decideReturn.js';
import type { GroupAnswer, GroupRequest } from './requests.js';
import type { Rules } from './rules.js';
import { takeBackExpired } from './takeBackExpired.js';

/**
 * Decides requests in the order of their arrival, each seeing what those before it have changed.
 *
 * Holds that have run out are taken back first, save those about to be confirmed: their units go to others only if
 * somebody before them in the line needs them.
 * @returns the answers, in the same order.
 * @throws InvalidReturn for a return that can't be: the group fails, and is tried request by request.
 */
export function decideGroup(
  book: Book,
  requests: readonly GroupRequest[],
  rules: Rules,
): readonly GroupAnswer[] {
  const confirmed = requests.flatMap((request) => (request.kind === 'confirm' ? [request.orderId] : []));
  takeBackExpired(book, new Set(confirmed));
  return requests.map((request) => {
    book.correlationId = request.kind === 'tidy' ? null : request.correlationId;
    return decide(book, request, rules);
  });
}

function decide(book: Book, request: GroupRequest, rules: Rules): GroupAnswer {
  switch (request.kind) {
    case 'hold':
      return decideHold(book, request, rules);
    case 'confirm':
      return decideConfirm(book, request, rules);
    case 'release':
      return decideRelease(book, request);
    case 'return':
      return decideReturn(book, request);
    case 'tidy':
      return null;
  }
}
