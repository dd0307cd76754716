import type { GroupRequest, LineRequest } from '../domain/requests.js';
import type { Restaurant } from '../domain/tables/restaurant.js';
import type { TimeWindow } from '../domain/tables/tableBook.js';
import { CELL } from '../domain/tables/cells.js';
import { HOUR } from '../domain/tables/wallClock.js';

/** The times and persons that requests are about. */
export interface TableWindows {
  readonly windows: readonly TimeWindow[];
  /** Whose seatings of the days around are wanted. */
  readonly persons: readonly (TimeWindow & { readonly personId: string })[];
}

/** A day of a restaurant, whatever its zone and closing time, lies within so long of each of its moments. */
const AROUND = 48 * HOUR;

/**
 * What requests want to know of restaurants.
 * @param restaurants those whose offers the requests name.
 * @param personOf whose hold it is; null when there is none.
 */
export function tableWindows(
  restaurants: readonly Restaurant[],
  requests: readonly GroupRequest[],
  personOf: (orderId: string) => string | null,
): TableWindows {
  const byOffer = new Map(restaurants.flatMap((each) => each.areas.map(({ areaId }) => [areaId, each])));
  const byId = new Map(restaurants.map((each) => [each.id, each]));
  const windows: TimeWindow[] = [];
  const persons: (TimeWindow & { personId: string })[] = [];
  // Seats are counted by cells: what only touches one of them matters too.
  const add = (listingId: string, from: number, until: number): void => {
    windows.push({ listingId, from: from - CELL, until: until + CELL });
  };
  const addLines = (lines: readonly LineRequest[], personId: string | null): void => {
    for (const { offerId, seating } of lines) {
      const restaurant = byOffer.get(offerId);
      if (!restaurant || !seating) continue;
      const from = seating.startsAt.getTime();
      const listingId = restaurant.id;
      add(listingId, from, from + restaurant.longestStay);
      if (personId === null) continue;
      persons.push({ listingId, personId, from: from - AROUND, until: from + AROUND });
    }
  };
  for (const request of requests) {
    if (request.kind === 'hold') addLines(request.lines, request.personId);
    if (request.kind === 'change') addLines(request.lines, personOf(request.orderId));
    if (request.kind === 'block') {
      const [from, until] = [request.startsAt.getTime(), request.endsAt.getTime()];
      add(request.listingId, from, until);
    }
    if (request.kind === 'join') {
      const { listingId, personId } = request;
      const [from, until] = [request.from.getTime(), request.until.getTime()];
      add(listingId, from, until + (byId.get(listingId)?.longestStay ?? 0));
      persons.push({ listingId, personId, from: from - AROUND, until: until + AROUND });
    }
  }
  return { windows, persons };
}
