import type { Queryable } from '@foyer/kafka';
import { inBatches } from '@foyer/platform';

/** Whether a ticket is good. */
export type TicketState = 'VALID' | 'REDEEMED' | 'REFUNDED' | 'VOID';

/** A ticket as the store gives it. */
export interface TicketRow {
  readonly id: string;
  readonly orderId: string;
  readonly eventId: string;
  readonly organizationId: string;
  readonly name: string;
  /** Minor units of the order's currency. */
  readonly amount: number;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly codeVersion: number;
  /** The key that signs its code; null: the first one. */
  readonly codeKey: string | null;
  /** Its code for people, which changes with the version. */
  readonly shortCode: string;
  readonly state: TicketState;
  readonly redeemedAt: Date | null;
  readonly issuedAt: Date;
  /** Whether it belongs to the person in question. */
  readonly mine: boolean;
}

/** Columns of a ticket `t` as `TicketRow` names them, save `mine`. */
export const TICKET_COLUMNS = `t.id, t.order_id as "orderId", t.event_id as "eventId",
  t.organization_id as "organizationId", t.name, t.amount::float8 as amount, t.owner_name as "ownerName",
  t.owner_email as "ownerEmail", t.code_version as "codeVersion", t.code_key as "codeKey", t.short_code as "shortCode",
  t.state, t.redeemed_at as "redeemedAt", t.issued_at as "issuedAt"`;

// Sent to an address before or after somebody had it verified: it is theirs.
const MINE = (person: string): string => `(t.owner_id = ${person} or (t.owner_id is null and exists (
  select from copies.person p
  where p.user_id = ${person} and p.email_verified and p.email = t.owner_email)))`;

/** A ticket, and whether it is a person's. @param userId null for nobody. @returns null when there is none. */
export function findTicket(sql: Queryable, id: string, userId: string | null): Promise<TicketRow | null> {
  return findSeen(sql, `${id.toLowerCase()} ${userId ?? ''}`);
}

/** The ticket with a short code. @returns null when there is none. */
export async function findTicketByShortCode(sql: Queryable, shortCode: string): Promise<TicketRow | null> {
  const [row] = await sql.query<TicketRow>(
    `select ${TICKET_COLUMNS}, false as mine from ticket t where t.short_code = $1`,
    [shortCode],
  );
  return row ?? null;
}

/** By `ticket person`. */
const findSeen = inBatches<Queryable, TicketRow>(async (sql, keys) => {
  const rows = await sql.query<TicketRow & { readonly key: string }>(
    `select ${TICKET_COLUMNS}, coalesce(${MINE('asked.user_id')}, false) as mine, asked.key
     from unnest($1::text[], $2::uuid[], $3::uuid[]) asked (key, id, user_id) join ticket t on t.id = asked.id`,
    [keys, keys.map((key) => key.split(' ')[0]), keys.map((key) => key.split(' ')[1] || null)],
  );
  return new Map(rows.map(({ key, ...row }) => [key, row]));
});

/** Tickets of several orders, and whether they are a person's. */
export function ticketsOfOrders(
  sql: Queryable,
  orderIds: readonly string[],
  userId: string | null,
): Promise<TicketRow[]> {
  return sql.query<TicketRow>(
    `select ${TICKET_COLUMNS}, coalesce(${MINE('$2::uuid')}, false) as mine from ticket t
     where t.order_id = any($1::uuid[]) order by t.order_id, t.line, t.unit`,
    [orderIds, userId],
  );
}

/** A person's tickets, newest first. @param after the last one of the page before. */
export function ticketsOfPerson(
  sql: Queryable,
  userId: string,
  after: { readonly issuedAt: string; readonly id: string } | null,
  limit: number,
): Promise<TicketRow[]> {
  return sql.query<TicketRow>(
    `select ${TICKET_COLUMNS}, true as mine from ticket t
     where ${MINE('$1::uuid')} and ($2::timestamptz is null or (t.issued_at, t.id) < ($2, $3::uuid))
     order by t.issued_at desc, t.id desc limit $4`,
    [userId, after?.issuedAt ?? null, after?.id ?? null, limit],
  );
}

/** An event's tickets for the door, by id. */
export function ticketsOfEvent(
  sql: Queryable,
  eventId: string,
  after: string | null,
  limit: number,
): Promise<TicketRow[]> {
  return sql.query<TicketRow>(
    `select ${TICKET_COLUMNS}, false as mine from ticket t
     where t.event_id = $1 and ($2::uuid is null or t.id > $2) order by t.id limit $3`,
    [eventId, after, limit],
  );
}
