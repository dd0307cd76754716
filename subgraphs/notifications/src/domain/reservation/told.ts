import type { Reservation } from './reservation.js';

/** What a guest has last been told of a reservation. */
export type Told = Pick<Reservation, 'status' | 'areaId' | 'startsAt' | 'partySize'>;

/** What a guest may have to be told. */
export type News = 'CONFIRMED' | 'CHANGED' | 'CANCELLED' | 'DINED' | 'MISSED';

/** What of a reservation a guest is told. */
export function toldOf({ status, areaId, startsAt, partySize }: Reservation): Told {
  return { status, areaId, startsAt, partySize };
}

/**
 * What is new of a reservation for its guest. It goes by the state and what the guest knows, not by the event that
 * brought the state: so it does not matter in which order events arrive, and which never do.
 * @param told null: nothing yet.
 * @returns null when there is nothing to tell.
 */
export function newsOf(told: Told | null, now: Reservation, at: Date): News | null {
  if (told?.status === now.status && isSameTable(told, now)) return null;
  switch (now.status) {
    case 'CONFIRMED':
      // Of what has begun already nobody needs to hear: a party that walked in, or mail that was held up for hours.
      if (new Date(now.startsAt) <= at) return null;
      return told === null ? 'CONFIRMED' : isSameTable(told, now) ? null : 'CHANGED';
    case 'CANCELLED':
      // One that could not be made was refused on the spot.
      return now.reason === 'NOT_MADE' || told?.status === 'CANCELLED' ? null : 'CANCELLED';
    case 'COMPLETED':
      return told?.status === 'COMPLETED' ? null : 'DINED';
    case 'NO_SHOW':
      return told === null || told.status === 'NO_SHOW' ? null : 'MISSED';
    case 'PENDING':
    case 'SEATED':
      return null;
  }
}

function isSameTable(a: Omit<Told, 'status'>, b: Omit<Told, 'status'>): boolean {
  // Compared as instants: the same one can be written in two ways.
  return (
    a.areaId === b.areaId && a.partySize === b.partySize && Date.parse(a.startsAt) === Date.parse(b.startsAt)
  );
}
