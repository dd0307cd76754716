import { findPersonByEmail, outboxEvent, TicketTransferred } from '@foyer/kafka';
import {
  InputCheck,
  isEmailAddress,
  isId,
  normalEmailAddress,
  normalText,
  notFound,
  notInState,
} from '@foyer/platform';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import { findTicket, TICKET_COLUMNS, type TicketRow } from '../store/tickets.js';
import type { Services } from './services.js';

/** Which ticket, and to whom. */
export interface TransferTicketInput {
  readonly ticketId: string;
  readonly toEmail: string;
  readonly toName: string;
}

/**
 * Gives a ticket to whoever has an address verified, now or later; its code so far is dead. The same is written and
 * answered whether or not anybody has the address. Asked again, the transfer that stands is answered.
 * @returns the ticket.
 * @throws Refused for a ticket that is not the caller's, or not good any more.
 */
export async function transferTicket(
  services: Services,
  userId: string,
  input: TransferTicketInput,
): Promise<TicketRow> {
  const toEmail = normalEmailAddress(input.toEmail);
  const toName = normalText(input.toName);
  new InputCheck()
    .require(isEmailAddress(toEmail), 'input.toEmail', 'NOT_AN_EMAIL', 'This is no email address.')
    .line(toName, 'input.toName', 100)
    .done();
  const ticket = isId(input.ticketId) ? await findTicket(services.store.sql, input.ticketId, userId) : null;
  if (!ticket) throw notFound('ticket', input.ticketId);
  const codeKey = await services.codes.presentKey();
  const transferred = await workOnOrder(services.store, ticket.orderId, (work) =>
    transferWithin(services, work, { ticketId: ticket.id, userId, toEmail, toName, codeKey }),
  );
  if (!transferred) throw notFound('ticket', input.ticketId);
  return transferred;
}

async function transferWithin(
  { codes }: Services,
  work: OrderWork,
  {
    ticketId,
    userId,
    toEmail,
    toName,
    codeKey,
  }: { ticketId: string; userId: string; toEmail: string; toName: string; codeKey: string },
): Promise<TicketRow | null> {
  const { sql, order } = work;
  const ticket = await findTicket(sql, ticketId, userId);
  if (!ticket?.mine) {
    const [done] = await sql.query<TicketRow>(
      `select ${TICKET_COLUMNS}, false as mine from ticket t join ticket_transfer f
         on f.ticket_id = t.id and f.code_version = t.code_version
       where t.id = $1 and f.from_id = $2 and f.to_email = $3`,
      [ticketId, userId, toEmail],
    );
    return done ?? null;
  }
  if (ticket.state !== 'VALID')
    throw notInState('Only a ticket that is good can be given away.', ticket.state);
  const receiver = await findPersonByEmail(sql, toEmail);
  const ownerId = receiver?.emailVerified && receiver.active ? receiver.userId : null;
  const [moved] = await sql.query<TicketRow>(
    `update ticket t set owner_id = $2, owner_email = $3, owner_name = $4, code_version = code_version + 1,
       code_key = $6
     where id = $1 and state = 'VALID' and code_version = $5 returning ${TICKET_COLUMNS}, false as mine`,
    [ticketId, ownerId, toEmail, toName, ticket.codeVersion, codeKey],
  );
  // Let in, a moment ago.
  if (!moved) throw notInState('This ticket has just been used.', 'REDEEMED');
  const { codeVersion } = moved;
  await sql.query(
    `insert into ticket_transfer (ticket_id, code_version, from_id, to_email, at) values ($1, $2, $3, $4, foyer_now())`,
    [ticketId, codeVersion, userId, toEmail],
  );
  work.change({ kind: 'TICKET_TRANSFERRED', actorId: userId });
  const sealed = await codes.seal({ ...moved, ticketId });
  work.publish(
    outboxEvent(TicketTransferred, {
      aggregateId: ticketId,
      data: {
        ticketId,
        orderId: order.id,
        eventId: ticket.eventId,
        eventName: order.eventName,
        name: ticket.name,
        fromName: ticket.ownerName,
        toEmail,
        ...sealed,
      },
    }),
  );
  return moved;
}
