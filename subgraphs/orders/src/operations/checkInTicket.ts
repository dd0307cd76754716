import { hasOrganizationRight, outboxEvent, TicketRedeemed, type Queryable } from '@foyer/kafka';
import {
  normalCode,
  notPermitted,
  rateLimited,
  requireUser,
  type Identity,
  type Refused,
  type UserIdentity,
} from '@foyer/platform';
import { isShortCode } from '../domain/orderCode.js';
import { alreadyCheckedIn, ticketCodeRefused } from '../domain/refusals.js';
import { redeemTicket } from '../store/redeemTicket.js';
import { findTicket, findTicketByShortCode, type TicketRow } from '../store/tickets.js';
import type { Services } from './services.js';

const DOOR_ROLES = ['OWNER', 'ADMIN', 'EDITOR', 'DOOR'] as const;

/** The longest text that is looked at as one that somebody typed: eight characters and what separates them. */
const TYPED_LENGTH = 20;

/** The ticket that a code names, and the version that the code is of. */
interface Shown {
  readonly ticket: TicketRow;
  readonly codeVersion: number;
}

/**
 * Lets a ticket in, exactly once.
 * @param code as scanned, or the short code as typed.
 * @returns the ticket.
 * @throws Refused for what is no living code, was used before, or is not the caller's door; `RateLimited` for too many
 * short codes.
 */
export async function checkInTicket(
  services: Services,
  identity: Identity,
  code: string,
): Promise<TicketRow> {
  const { store } = services;
  const user = requireUser(identity);
  const typed = code.length <= TYPED_LENGTH ? normalCode(code) : '';
  const { ticket, codeVersion } = isShortCode(typed)
    ? await showTyped(services, user, typed)
    : await showScanned(services, user, code);
  return store.transact(async (sql) => {
    const redeemed = await redeemTicket(sql, ticket.id, codeVersion, user.userId);
    if (!redeemed) throw refusalOf(await findTicket(sql, ticket.id, null), codeVersion);
    const { id, orderId, eventId, redeemedAt } = redeemed;
    const at = (redeemedAt ?? new Date()).toISOString();
    const data = { ticketId: id, orderId, eventId, redeemedBy: user.userId, at };
    await store.outbox.appendAll(sql, [outboxEvent(TicketRedeemed, { aggregateId: id, data })]);
    return redeemed;
  });
}

async function showScanned({ store, codes }: Services, user: UserIdentity, code: string): Promise<Shown> {
  const read = await codes.read(code);
  const ticket = read && (await findTicket(store.sql, read.ticketId, null));
  if (!read || !ticket) throw ticketCodeRefused('NOT_A_TICKET');
  if (!(await isDoor(store.sql, user, ticket))) {
    // Who is not of the organization learns no more than that this is not their door.
    throw notPermitted('Only the door of the event’s own organization lets this ticket in.');
  }
  return { ticket, codeVersion: read.codeVersion };
}

/** What can be typed can be guessed: guesses are counted, and say nothing of the tickets of other doors. */
async function showTyped(
  { store, rateLimiter, configuration }: Services,
  user: UserIdentity,
  shortCode: string,
): Promise<Shown> {
  const limit = { name: 'ticket-short-code', points: configuration.shortCodeAttempts, seconds: 60 };
  const { allowed, retryAfter } = await rateLimiter.consume(limit, user.userId);
  if (!allowed) throw rateLimited(`Too many typed codes. Try again in ${retryAfter} s.`, retryAfter);
  const ticket = await findTicketByShortCode(store.sql, shortCode);
  if (!ticket || !(await isDoor(store.sql, user, ticket))) throw ticketCodeRefused('NOT_A_TICKET');
  return { ticket, codeVersion: ticket.codeVersion };
}

function isDoor(
  sql: Queryable,
  identity: Identity,
  { organizationId, eventId }: TicketRow,
): Promise<boolean> {
  return hasOrganizationRight(sql, identity, { organizationId, listingId: eventId, roles: DOOR_ROLES });
}

function refusalOf(ticket: TicketRow | null, codeVersion: number): Refused {
  if (!ticket) return ticketCodeRefused('NOT_A_TICKET');
  if (ticket.state === 'REDEEMED' && ticket.redeemedAt) return alreadyCheckedIn(ticket.redeemedAt);
  if (ticket.codeVersion !== codeVersion) return ticketCodeRefused('TRANSFERRED');
  return ticketCodeRefused(ticket.state === 'REFUNDED' ? 'REFUNDED' : 'VOID');
}
