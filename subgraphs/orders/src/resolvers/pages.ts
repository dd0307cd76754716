import { connectionFrom, readPage, type Page, type PageArguments } from '@foyer/schema';
import { findOrders, type OrderQuery } from '../store/findOrders.js';
import { findReservations, type ReservationQuery } from '../store/findReservations.js';
import type { Store } from '../store/openStore.js';
import { ticketsOfEvent, ticketsOfPerson } from '../store/tickets.js';
import { checkInFor } from './checkInFor.js';

/** A page of orders, newest first. */
export async function orderPage(
  { sql }: Store,
  args: PageArguments,
  query: Omit<OrderQuery, 'after' | 'limit'>,
) {
  const page = readPage(args, { order: 'placed', key: 'INSTANT' });
  const after = positionOf(page);
  const found = await findOrders(sql, {
    ...query,
    after: after && { placedAt: after.key, id: after.id },
    limit: page.limit,
  });
  return connectionFrom(found, page, ({ placedAt, id }) => ({ key: placedAt.toISOString(), id }));
}

/** A page of reservations: what is to come, the next first; else the latest first. */
export async function reservationPage(
  { sql }: Store,
  args: PageArguments,
  query: Omit<ReservationQuery, 'after' | 'limit'>,
) {
  const page = readPage(args, {
    order: query.when === 'UPCOMING' ? 'upcoming' : 'starts',
    key: 'INSTANT',
  });
  const after = positionOf(page);
  const found = await findReservations(sql, {
    ...query,
    after: after && { startsAt: after.key, id: after.id },
    limit: page.limit,
  });
  return connectionFrom(found, page, ({ startsAt, id }) => ({ key: startsAt.toISOString(), id }));
}

/** A page of a person's tickets, newest first. */
export async function ticketPage({ sql }: Store, args: PageArguments, userId: string) {
  const page = readPage(args, { order: 'issued', key: 'INSTANT' });
  const after = positionOf(page);
  const found = await ticketsOfPerson(
    sql,
    userId,
    after && { issuedAt: after.key, id: after.id },
    page.limit,
  );
  return connectionFrom(found, page, ({ issuedAt, id }) => ({ key: issuedAt.toISOString(), id }));
}

/** A page of an event's tickets for the door, by id. */
export async function checkInPage({ sql }: Store, args: PageArguments, eventId: string) {
  const page = readPage(args, { order: 'ticket', key: 'ID', defaultFirst: 100 });
  const after = page.after?.id ?? null;
  const found = await ticketsOfEvent(sql, eventId, after, page.limit);
  return connectionFrom(found.map(checkInFor), page, ({ ticketId }) => ({ key: 0, id: ticketId }));
}

/** A page of parked sagas, those parked last first. */
export async function parkedSagaPage({ database }: Store, args: PageArguments) {
  const page = readPage(args, { order: 'parked', key: 'INSTANT' });
  const after = positionOf(page);
  const behind = after && {
    OR: [
      { updatedAt: { lt: new Date(after.key) } },
      { updatedAt: new Date(after.key), id: { lt: after.id } },
    ],
  };
  const found = await database.client.saga.findMany({
    where: { state: 'PARKED', ...behind },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: page.limit,
  });
  const nodes = found.map((saga) => ({
    id: saga.id,
    kind: saga.kind,
    step: saga.step,
    undoing: saga.undoing,
    error: saga.lastError,
    attempts: saga.attempts,
    orderId: saga.orderId,
    startedAt: saga.startedAt,
    parkedAt: saga.updatedAt,
  }));
  return connectionFrom(nodes, page, ({ parkedAt, id }) => ({ key: parkedAt.toISOString(), id }));
}

function positionOf({ after }: Page): { readonly key: string; readonly id: string } | null {
  return after && { key: String(after.key), id: after.id };
}
