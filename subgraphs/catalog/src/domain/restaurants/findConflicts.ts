import { intervalsOn } from './intervalsOn.js';
import { placeParties } from './placeParties.js';
import type { Restaurant } from './restaurant.js';
import { addDays, intervalMinutes, wallMoment } from './wallClock.js';

/** A reservation that is not over, as the catalog knows it. */
export interface StandingReservation {
  readonly id: string;
  readonly code: string;
  readonly areaId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly partySize: number;
}

/** What decides whether a reservation fits. */
export type ReservationRules = Pick<Restaurant, 'status' | 'schedule' | 'seating' | 'areas' | 'timeZone'>;

const DAY_MINUTES = 24 * 60;

/**
 * The standing reservations that a change would leave without an open restaurant, an area or a seat, in order of time.
 * What did not fit before is no conflict of this change.
 */
export function findConflicts(
  before: ReservationRules,
  after: ReservationRules,
  standing: readonly StandingReservation[],
): readonly StandingReservation[] {
  const unfit = unfitReservations(after, standing);
  if (unfit.size === 0) return [];
  const unfitBefore = unfitReservations(before, standing);
  return standing
    .filter(({ id }) => unfit.has(id) && !unfitBefore.has(id))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

/** Ids of the reservations that a restaurant with these rules could not take. */
function unfitReservations(
  rules: ReservationRules,
  standing: readonly StandingReservation[],
): ReadonlySet<string> {
  const unfit = new Set(
    standing.filter((each) => rules.status === 'CLOSED' || !isOpenFor(rules, each)).map(({ id }) => id),
  );
  const areas = new Map(rules.areas.map((area) => [area.areaId, area]));
  for (const [areaId, parties] of groupByArea(standing)) {
    const area = areas.get(areaId);
    const left = area ? placeParties(area, parties) : parties;
    for (const { id } of left) unfit.add(id);
  }
  return unfit;
}

/** Whether a reservation's beginning is one at which the restaurant would still seat somebody. */
function isOpenFor(
  { schedule, seating, timeZone }: ReservationRules,
  { startsAt }: StandingReservation,
): boolean {
  const { date, minutes } = wallMoment(startsAt, timeZone);
  const shortest = Math.min(...seating.durations.map((each) => each.minutes));
  return [0, 1].some((daysBack) =>
    intervalsOn(schedule, addDays(date, -daysBack)).some((interval) => {
      const { from, until } = intervalMinutes(interval);
      const at = minutes + daysBack * DAY_MINUTES;
      return from <= at && at + shortest <= until;
    }),
  );
}

function groupByArea(
  standing: readonly StandingReservation[],
): ReadonlyMap<string, readonly StandingReservation[]> {
  const groups = new Map<string, StandingReservation[]>();
  for (const each of standing) {
    const group = groups.get(each.areaId) ?? [];
    group.push(each);
    groups.set(each.areaId, group);
  }
  return groups;
}
