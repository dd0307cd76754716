import { findEventCopy, OrderCompleted, outboxEvent } from '@foyer/kafka';
import { invariant, newId } from '@foyer/platform';
import { shareOfUnit } from '../domain/pricing.js';
import type { HeldLine } from '../inventory/inventoryPort.js';
import type { OrderWork } from '../store/orderWork.js';
import type { TicketCodes } from '../tickets/createTicketCodes.js';
import { completeReservation } from './completeReservation.js';
import { endCheckout } from './endCheckout.js';
import { snapshotOf } from './snapshotOf.js';

/** The order's units are sold: it is complete and gets its tickets, or its table. @param sold all that it has. */
export async function completeOrder(
  work: OrderWork,
  codes: TicketCodes,
  sold: readonly HeldLine[],
): Promise<void> {
  const { order } = work;
  if (order.kind === 'TABLE') return completeReservation(work, sold);
  const inCheckout = order.status === 'PENDING';
  const event = await findEventCopy(work.sql, order.eventId);
  invariant(event, `order ${order.id} is for an event that is not known here`);
  const tickets = (await work.lines()).flatMap((line) =>
    Array.from({ length: line.quantity }, (_, unit) => ({
      id: newId(),
      line: line.position,
      unit,
      offerId: line.offerId,
      name: line.name,
      amount: shareOfUnit(line.total, line.quantity, unit),
    })),
  );
  const codeKey = await codes.presentKey();
  const issued = await work.sql.query<{ readonly id: string; readonly shortCode: string }>(
    `insert into ticket (id, order_id, line, unit, event_id, organization_id, offer_id, name, amount, owner_id,
       owner_email, owner_name, code_version, code_key, state, issued_at)
     select id, $1, line, unit, $2, $3, "offerId", name, amount, $4, lower($5), $6, 1, $8, 'VALID', foyer_now()
     from jsonb_to_recordset($7::jsonb)
       as (id uuid, line int, unit int, "offerId" uuid, name text, amount bigint)
     returning id, short_code as "shortCode"`,
    [
      order.id,
      order.eventId,
      order.organizationId,
      order.buyerId,
      order.buyerEmail,
      order.buyerName,
      JSON.stringify(tickets),
      codeKey,
    ],
  );
  const shortCodes = new Map(issued.map(({ id, shortCode }) => [id, shortCode]));
  work.change({ kind: 'COMPLETED', status: 'COMPLETED' });
  if (inCheckout) endCheckout(work, 'completed');
  work.publish(
    outboxEvent(OrderCompleted, {
      aggregateId: order.id,
      data: {
        order: await snapshotOf(work),
        startsAt: event.startsAt,
        timeZone: event.venue.timeZone,
        venueName: event.venue.name,
        tickets: await Promise.all(
          tickets.map(async ({ id, name }) => ({
            ticketId: id,
            name,
            ...(await codes.seal({
              ticketId: id,
              eventId: order.eventId,
              codeVersion: 1,
              codeKey,
              shortCode: shortCodes.get(id) ?? '',
            })),
          })),
        ),
      },
    }),
  );
}
