import type { Book } from './book.js';
import { decideChange } from './decideChange.js';
import { decideConfirm } from './decideConfirm.js';
import { decideHold } from './decideHold.js';
import { decideRelease } from './decideRelease.js';
import { decideReturn } from './decideReturn.js';
import type { GroupAnswer, GroupRequest } from './requests.js';
import type { Rules } from './rules.js';
import { decideBlock } from './tables/decideBlock.js';
import { decideJoin } from './tables/decideJoin.js';
import { decideLeave } from './tables/decideLeave.js';
import { decideTake } from './tables/decideTake.js';
import { endWaiting } from './tables/endWaiting.js';
import { offerWaitlist } from './tables/offerWaitlist.js';
import { takeBackExpired } from './takeBackExpired.js';

/**
 * Decides requests in the order of their arrival, each seeing what those before it have changed.
 *
 * Holds that have run out are taken back first, save those about to be confirmed: their units go to others only if
 * somebody before them in the line needs them. What has come free at a restaurant is offered to its waitlist before the
 * next request is looked at.
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
  offerWaitlist(book, rules);
  return requests.map((request) => {
    book.correlationId = request.kind === 'tidy' ? null : request.correlationId;
    const answer = decide(book, request, rules);
    offerWaitlist(book, rules);
    return answer;
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
    case 'change':
      return decideChange(book, request, rules);
    case 'block':
      return decideBlock(book, request);
    case 'join':
      return decideJoin(book, request);
    case 'leave':
      return decideLeave(book, request);
    case 'take':
      return decideTake(book, request, rules);
    case 'tidy':
      endWaiting(book);
      return null;
  }
}
