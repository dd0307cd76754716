import { OfferCreated, OfferUpdated, outboxEvent, type RestaurantSnapshot } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import type { Prisma } from '@foyer/prisma/inventory';
import { takeBackExpired } from '../domain/takeBackExpired.js';
import { compileRestaurant } from '../domain/tables/compileRestaurant.js';
import { endWaiting } from '../domain/tables/endWaiting.js';
import { offerWaitlist } from '../domain/tables/offerWaitlist.js';
import type { RestaurantConfiguration } from '../domain/tables/restaurant.js';
import { addDays, HOUR, localDate } from '../domain/tables/wallClock.js';
import type { StoreClient } from './applyListing.js';
import { decideBook, type BookPorts } from './changeBook.js';
import { createRestaurantCache } from './createRestaurantCache.js';
import { lockOffers } from './lockOffers.js';
import { offerSnapshot } from './offerSnapshot.js';
import { openDays } from './openDays.js';
import type { ToldOffer } from './tellOffers.js';

/**
 * Takes over what catalog says of a restaurant: its configuration, and an offer for each of its areas. Seatings that
 * stand keep their tables whatever has changed; of an area or table that is gone nothing more is sold. What has come
 * free by the change goes to who waits for it, in the same transaction.
 */
export async function applyRestaurant(
  client: StoreClient,
  sql: SqlTransaction,
  ports: BookPorts,
  snapshot: RestaurantSnapshot,
): Promise<void> {
  const { restaurantId: id } = snapshot;
  await lockOffers(sql, [id]);
  const configuration = configurationOf(snapshot);
  const values = {
    kind: 'RESTAURANT',
    organizationId: snapshot.organizationId,
    status: snapshot.status,
    free: snapshot.deposit.amount === 0,
    currency: snapshot.deposit.currency,
  };
  await client.listing.upsert({
    where: { id },
    create: { id, ...values },
    update: { ...values, version: { increment: 1 } },
  });
  const told = await applyAreas(client, snapshot);
  await sql.query(
    `insert into restaurant as r (listing_id, version, configuration, opened_until, next_day_at)
     values ($1, 1, $2, '-infinity', foyer_now())
     on conflict (listing_id) do update set version = r.version + 1, configuration = excluded.configuration`,
    [id, JSON.stringify(configuration)],
  );

  const restaurant = compileRestaurant(id, 0, configuration);
  const [clock] = await sql.query<{ now: Date }>('select foyer_now() as now');
  const now = (clock as { now: Date }).now.getTime();
  await openDays(sql, restaurant, { now, isOpen: snapshot.status === 'PUBLISHED', anew: true });
  const last = addDays(localDate(restaurant.timeZone, now), restaurant.seating.horizonDays);
  const windows = [{ listingId: id, from: now, until: Date.parse(last) + 96 * HOUR }];
  // Nobody else may see the configuration before it is committed.
  const restaurants = createRestaurantCache();
  const { result, events } = await decideBook(
    sql,
    { ...ports, restaurants },
    { listingIds: [id], requests: [], windows },
    (book) => {
      takeBackExpired(book);
      book.tables.freed.add(id);
      offerWaitlist(book, ports.rules);
      endWaiting(book);
      return told.map(({ offerId, definition }) =>
        outboxEvent(definition, {
          aggregateId: offerId,
          data: offerSnapshot(book.offer(offerId), book.listing(id)),
        }),
      );
    },
  );
  await ports.outbox.appendAll(sql, [...result, ...events]);
  sql.afterCommit(() => ports.onChanged(id));
}

/** Writes an offer for each area. @returns those that are new or have changed. */
async function applyAreas(
  client: StoreClient,
  { restaurantId, areas, deposit, seating }: RestaurantSnapshot,
): Promise<readonly ToldOffer[]> {
  const told: ToldOffer[] = [];
  const known = await client.offer.findMany({ where: { listingId: restaurantId } });
  for (const { areaId, name, seats, tables } of areas) {
    const values = {
      kind: 'TABLE',
      listingId: restaurantId,
      name: name.slice(0, 100),
      price: deposit.amount,
      currency: deposit.currency,
      total: seats ?? tables.reduce((sum, table) => sum + table.seats, 0),
      limitPerPerson: seating.maximumParty,
    } satisfies Prisma.OfferUncheckedUpdateInput;
    const before = known.find((offer) => offer.id === areaId);
    if (!before) {
      await client.offer.create({ data: { id: areaId, ...values } });
      told.push({ offerId: areaId, definition: OfferCreated });
    } else if (!isSame(before, values)) {
      await client.offer.update({ where: { id: areaId }, data: values });
      told.push({ offerId: areaId, definition: OfferUpdated });
    }
  }
  return told;
}

function isSame(stored: object, values: object): boolean {
  const before = new Map(Object.entries(stored));
  return Object.entries(values).every(([name, value]) => String(before.get(name)) === String(value));
}

/** What inventory keeps of a restaurant. */
function configurationOf(snapshot: RestaurantSnapshot): RestaurantConfiguration {
  const { name, timeZone, schedule, seating, areas, limitPerPersonAndDay } = snapshot;
  return { name, timeZone, schedule, seating, areas, limitPerPersonAndDay };
}
