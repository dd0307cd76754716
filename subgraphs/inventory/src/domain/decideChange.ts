import type { Book, Hold } from './book.js';
import { released } from './decideHold.js';
import { heldLines } from './heldLines.js';
import { orderRefused } from './holdRefused.js';
import { planLines } from './planLines.js';
import type { ChangeRequest, HoldChanged, HoldRefused } from './requests.js';
import type { Rules } from './rules.js';

/**
 * Gives an order another table for the one it has, judged on the difference: what it has is free for what it wants.
 * Refused, it has what it had. The state and the end of the hold stay; in the same area it keeps its price. The same
 * change again changes nothing more.
 */
export function decideChange(book: Book, request: ChangeRequest, rules: Rules): HoldChanged | HoldRefused {
  const { orderId, changeId, lines } = request;
  const hold = book.holds.get(orderId);
  if (!hold) {
    return book.tombstones.has(orderId)
      ? released()
      : orderRefused('NOT_FOUND', 'Nothing was ever held for this order.');
  }
  const done = book.tables.doneChanges.get(changeId) ?? book.tables.changes.get(changeId);
  if (done !== undefined && done !== orderId) {
    return orderRefused('INVALID_INPUT', 'This change was made to another order.');
  }
  if (hold.state === 'RELEASED') return released();
  if (done !== undefined) return changed(book, hold, changeId);
  if (hold.state === 'EXPIRED' || (hold.state === 'HELD' && hold.expiresAt <= book.now)) {
    return orderRefused('LAPSED', 'The hold of this order has run out; place a new one.');
  }
  const before = hold.lines[0];
  if (!before?.seating || book.offers.get(lines[0]?.offerId ?? '')?.listingId !== hold.listingId) {
    return orderRefused('INVALID_INPUT', 'Only a table can be changed, for one of the same restaurant.');
  }

  const same = lines[0]?.seating?.startsAt.getTime() === before.seating.startsAt;
  const spare = { time: same, party: false };
  const planned = planLines(book, rules, { ...request, personId: hold.personId, accessCode: null, spare });
  if ('code' in planned) return planned;
  const as = hold.state === 'HELD' ? 'reserved' : 'sold';
  const none = { reserved: 0, sold: 0 };
  for (const line of hold.lines) book.move(hold.personId, line, { ...none, [as]: -line.quantity });
  hold.lines = planned.map((line) => {
    return line.offerId === before.offerId ? { ...line, unitPrice: before.unitPrice } : line;
  });
  for (const line of hold.lines) book.move(hold.personId, line, { ...none, [as]: line.quantity });
  book.tables.changes.set(changeId, orderId);
  book.tell('changed', hold);
  return changed(book, hold, changeId);
}

function changed(book: Book, hold: Hold, changeId: string): HoldChanged {
  return { __typename: 'HoldChanged', orderId: hold.orderId, changeId, lines: heldLines(book, hold) };
}
