import { outboxEvent, requireOrganizationRight, TicketRedeemed } from '@foyer/kafka';
import { notPermitted, Refused, requireUser, type Identity } from '@foyer/platform';
import { alreadyCheckedIn, ticketCodeRefused } from '../domain/refusals.js';
import { redeemTicket } from '../store/redeemTicket.js';
import { findTicket, type TicketRow } from '../store/tickets.js';
import type { Services } from './services.js';

/**
 * Lets a ticket in, exactly once.
 * @returns the ticket.
 * @throws Refused for what is no living code, was used before, or is not the caller's door.
 */
export async function checkInTicket(
  { store, codes }: Services,
  identity: Identity,
  code: string,
): Promise<TicketRow> {
  const { userId } = requireUser(identity);
  const read = await codes.read(code);
  const ticket = read && (await findTicket(store.sql, read.ticketId, null));
  if (!read || !ticket) throw ticketCodeRefused('NOT_A_TICKET');
  await requireDoor(store.sql, identity, ticket);
  return store.transact(async (sql) => {
    const redeemed = await redeemTicket(sql, ticket.id, read.codeVersion, userId);
    if (!redeemed) throw refusalOf(await findTicket(sql, ticket.id, null), read.codeVersion);
    const { id, orderId, eventId, redeemedAt } = redeemed;
    const at = (redeemedAt ?? new Date()).toISOString();
    const data = { ticketId: id, orderId, eventId, redeemedBy: userId, at };
    await store.outbox.appendAll(sql, [outboxEvent(TicketRedeemed, { aggregateId: id, data })]);
    return redeemed;
  });
}

/** Who is not of the organization learns no more than that this is not their door. */
async function requireDoor(
  sql: Services['store']['sql'],
  identity: Identity,
  { organizationId, eventId }: TicketRow,
): Promise<void> {
  try {
    await requireOrganizationRight(sql, identity, {
      organizationId,
      listingId: eventId,
      roles: ['OWNER', 'ADMIN', 'EDITOR', 'DOOR'],
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw notPermitted('Only the door of the event’s own organization lets this ticket in.');
  }
}

function refusalOf(ticket: TicketRow | null, codeVersion: number): Refused {
  if (!ticket) return ticketCodeRefused('NOT_A_TICKET');
  if (ticket.state === 'REDEEMED' && ticket.redeemedAt) return alreadyCheckedIn(ticket.redeemedAt);
  if (ticket.codeVersion !== codeVersion) return ticketCodeRefused('TRANSFERRED');
  return ticketCodeRefused(ticket.state === 'REFUNDED' ? 'REFUNDED' : 'VOID');
}
