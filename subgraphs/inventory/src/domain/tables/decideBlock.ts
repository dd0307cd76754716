import type { Book } from '../book.js';
import type { BlockRefused, BlockRequest, SeatsBlocked } from '../requests.js';
import { occupancyOf } from './occupancy.js';
import type { AreaConfiguration, Restaurant } from './restaurant.js';
import { localDate } from './wallClock.js';

/**
 * Takes tables or seats out of sale for a time: a hold that is sold to nobody. What stands in the way is named; a
 * reservation is never dropped for it.
 */
export function decideBlock(book: Book, request: BlockRequest): SeatsBlocked | BlockRefused {
  const { blockId, listingId, areaId } = request;
  const done: SeatsBlocked = { __typename: 'SeatsBlocked', blockId };
  if (book.tombstones.has(blockId)) return blockRefused('NOT_FOUND', 'This block was taken away.');
  if (book.holds.has(blockId)) return done;
  const restaurant = book.tables.restaurant(listingId);
  const area = restaurant.areas.find((each) => each.areaId === areaId);
  if (!area || !book.offers.has(areaId))
    return blockRefused('NOT_FOUND', `${restaurant.name} has no such area.`);
  const refused = refuseBlock(book, restaurant, area, request);
  if (refused) return refused;

  const [startsAt, endsAt] = [request.startsAt.getTime(), request.endsAt.getTime()];
  const seats = area.kind === 'SEATS' ? request.seats : seatsOf(area, request.tables);
  const seating = {
    orderId: blockId,
    offerId: areaId,
    listingId,
    // Nobody's: no person has it, and none is in its way.
    personId: blockId,
    day: localDate(restaurant.timeZone, startsAt),
    startsAt,
    endsAt,
    partySize: seats,
    tables: area.kind === 'SEATS' ? [] : request.tables,
  };
  const line = { offerId: areaId, quantity: seats, unitPrice: 0, returned: 0, seating };
  const hold = {
    orderId: blockId,
    personId: blockId,
    listingId,
    expiresAt: request.endsAt,
    lines: [line],
    state: 'CONFIRMED' as const,
    told: 0,
  };
  book.holds.set(blockId, hold);
  book.move(blockId, line, { reserved: 0, sold: seats });
  book.tables.blocks.push(request);
  book.tell('confirmed', hold);
  return done;
}

function refuseBlock(
  book: Book,
  restaurant: Restaurant,
  area: AreaConfiguration,
  { tables, seats, startsAt, endsAt }: BlockRequest,
): BlockRefused | null {
  const [from, until] = [startsAt.getTime(), endsAt.getTime()];
  const occupancy = occupancyOf(book.tables.seatingsAt(restaurant.id).during(from, until), from, until);
  if (area.kind === 'SEATS') {
    const free = Math.max(0, (area.seats ?? 0) - occupancy.seatsTaken(area.areaId));
    if (seats <= free) return null;
    return blockRefused(
      'TABLES_TAKEN',
      `${free} seats of "${area.name}" are free for the whole of that time.`,
    );
  }
  if (tables.some((id) => !area.tables.some(({ tableId }) => tableId === id))) {
    const names = area.tables.map(({ name }) => `"${name}"`).join(', ');
    return blockRefused('NOT_FOUND', `"${area.name}" has no such table; it has ${names}.`);
  }
  const taken = tables.filter((id) => occupancy.tables.has(id));
  if (taken.length === 0) return null;
  const names = taken.map((id) => `"${restaurant.tableNames.get(id) ?? ''}"`).join(', ');
  return blockRefused(
    'TABLES_TAKEN',
    `Somebody has reserved ${names} at that time; move or cancel that first.`,
  );
}

function seatsOf({ tables }: AreaConfiguration, ids: readonly string[]): number {
  return tables.reduce((sum, { tableId, seats }) => sum + (ids.includes(tableId) ? seats : 0), 0);
}

function blockRefused(code: BlockRefused['code'], message: string): BlockRefused {
  return { __typename: 'BlockRefused', code, message };
}
