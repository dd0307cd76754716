import { hasOrganizationRight } from '@foyer/kafka';
import { isId } from '@foyer/platform';
import { toDataURL } from 'qrcode';
import { money } from '../domain/money.js';
import type { OrderRow } from '../store/orderRow.js';
import type { Store } from '../store/openStore.js';
import { findTicket, type TicketRow } from '../store/tickets.js';
import type { TicketCodes } from '../tickets/createTicketCodes.js';
import type { OrdersContext } from './context.js';
import { maySeeOrder } from './visibility.js';

/** Fields of a ticket. Only its owner sees the code. */
export function ticketResolvers({ sql }: Store, codes: TicketCodes) {
  const orderOf = async (
    ticket: TicketRow,
    { orders, identity }: OrdersContext,
  ): Promise<OrderRow | null> => {
    const order = await orders.load(ticket.orderId);
    return order && (await maySeeOrder(sql, identity, order)) ? order : null;
  };
  const isShown = ({ mine, state }: TicketRow): boolean => mine && state === 'VALID';
  const codeOf = async (ticket: TicketRow): Promise<string | null> =>
    isShown(ticket) ? codes.sign({ ...ticket, ticketId: ticket.id }) : null;
  return {
    async __resolveReference({ id }: { readonly id: string }, context: OrdersContext) {
      const { identity } = context;
      if (identity.kind !== 'user' || !isId(id)) return null;
      const ticket = await findTicket(sql, id, identity.userId);
      if (!ticket || ticket.mine || (await orderOf(ticket, context))) return ticket;
      const { organizationId, eventId: listingId } = ticket;
      const right = { organizationId, listingId, roles: ['EDITOR', 'DOOR'] } as const;
      return (await hasOrganizationRight(sql, identity, right)) ? ticket : null;
    },
    event: ({ eventId }: TicketRow) => ({ id: eventId }),
    status: ({ state }: TicketRow) => state,
    order: (ticket: TicketRow, _: unknown, context: OrdersContext) => orderOf(ticket, context),
    async price(ticket: TicketRow, _: unknown, context: OrdersContext) {
      const order = await orderOf(ticket, context);
      return order && money(ticket.amount, order.currency);
    },
    code: codeOf,
    shortCode: (ticket: TicketRow) => (isShown(ticket) ? ticket.shortCode : null),
    async qrCode(ticket: TicketRow) {
      const code = await codeOf(ticket);
      return code && toDataURL([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'L' });
    },
  };
}
