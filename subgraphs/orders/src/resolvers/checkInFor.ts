import type { TicketRow } from '../store/tickets.js';

/** A ticket as the door sees it. */
export function checkInFor({ id, codeVersion, name, ownerName, state, redeemedAt }: TicketRow) {
  return { ticketId: id, codeVersion, name, ownerName, status: state, redeemedAt };
}
