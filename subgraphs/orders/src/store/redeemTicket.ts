import type { Queryable } from '@foyer/kafka';
import { TICKET_COLUMNS, type TicketRow } from './tickets.js';

/**
 * Uses a ticket. Of calls that come at once, the database lets one change the row; the others find it used.
 * @param codeVersion of the code that was shown.
 * @returns null when it is not good any more, or another code is.
 */
export async function redeemTicket(
  sql: Queryable,
  ticketId: string,
  codeVersion: number,
  by: string,
): Promise<TicketRow | null> {
  const [redeemed] = await sql.query<TicketRow>(
    `update ticket t set state = 'REDEEMED', redeemed_at = foyer_now(), redeemed_by = $3
     where id = $1 and code_version = $2 and state = 'VALID' returning ${TICKET_COLUMNS}, false as mine`,
    [ticketId, codeVersion, by],
  );
  return redeemed ?? null;
}
