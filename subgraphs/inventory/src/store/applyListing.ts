import { OfferUpdated, type EventSnapshot } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import type { TransactionClient } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/inventory';
import type { BookPorts } from './changeBook.js';
import { lockOffers } from './lockOffers.js';
import { tellOffers } from './tellOffers.js';

/** Prisma's client inside a transaction. */
export type StoreClient = TransactionClient<PrismaClient>;

/**
 * Takes over what catalog says of an event, and judges the states of its offers anew. When it has become free, so have
 * its offers.
 */
export async function applyListing(
  client: StoreClient,
  sql: SqlTransaction,
  ports: BookPorts,
  { eventId, organizationId, status, configuration }: EventSnapshot,
): Promise<void> {
  await lockOffers(sql, [eventId]);
  const values = {
    organizationId,
    status,
    saleStartsAt: configuration?.saleStartsAt ?? null,
    saleEndsAt: configuration?.saleEndsAt ?? null,
    maximumAttendees: configuration?.maximumAttendees ?? null,
    free: configuration?.free ?? false,
  };
  await client.listing.upsert({
    where: { id: eventId },
    create: { id: eventId, ...values },
    update: { ...values, version: { increment: 1 } },
  });
  const freed = values.free
    ? await client.offer.updateManyAndReturn({
        where: { listingId: eventId, price: { gt: 0 } },
        data: { price: 0 },
        select: { id: true },
      })
    : [];
  const told = freed.map(({ id }) => ({ offerId: id, definition: OfferUpdated }));
  await ports.outbox.appendAll(sql, await tellOffers(sql, ports, eventId, told));
  sql.afterCommit(() => ports.onChanged(eventId));
}
