import type { Area } from './restaurant.js';

/** A party and how long it stays. */
export interface Party {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly partySize: number;
}

/**
 * Seats parties in an area in order of time, each on the fewest seats that hold it. It is a rehearsal, to see whether an
 * area has room: who sits where is decided by inventory.
 * @returns the parties that found no room.
 */
export function placeParties<P extends Party>(area: Area, parties: readonly P[]): readonly P[] {
  const inOrder = [...parties].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || b.partySize - a.partySize,
  );
  return area.kind === 'SEATS' ? overSeats(area.seats ?? 0, inOrder) : overTables(area, inOrder);
}

function overSeats<P extends Party>(seats: number, inOrder: readonly P[]): readonly P[] {
  let seated: P[] = [];
  return inOrder.filter((party) => {
    seated = seated.filter(({ endsAt }) => endsAt > party.startsAt);
    const taken = seated.reduce((sum, { partySize }) => sum + partySize, 0);
    if (taken + party.partySize > seats) return true;
    seated.push(party);
    return false;
  });
}

function overTables<P extends Party>({ tables, joins }: Area, inOrder: readonly P[]): readonly P[] {
  const seatsOf = new Map(tables.map(({ tableId, seats }) => [tableId, seats]));
  const places = [...tables.map(({ tableId }) => [tableId]), ...joins]
    .map((ids) => ({ ids, seats: ids.reduce((sum, id) => sum + (seatsOf.get(id) ?? 0), 0) }))
    .sort((a, b) => a.seats - b.seats || a.ids.length - b.ids.length);
  const takenUntil = new Map<string, Date>();
  return inOrder.filter((party) => {
    const place = places.find(
      ({ ids, seats }) =>
        seats >= party.partySize &&
        ids.every((id) => (takenUntil.get(id) ?? party.startsAt) <= party.startsAt),
    );
    for (const id of place?.ids ?? []) takenUntil.set(id, party.endsAt);
    return place === undefined;
  });
}
