import { Type, type Static } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, Instant, LocalDate } from './parts.js';

/** When and for how many a held or sold line of a table offer is. */
export const LineSeating = Type.Object({
  restaurantId: Id,
  areaId: Id,
  startsAt: Instant,
  endsAt: Instant,
  partySize: Type.Integer({ minimum: 1 }),
});

/** When and for how many a held or sold line of a table offer is. */
export type LineSeating = Static<typeof LineSeating>;

/**
 * What is free at a restaurant on one of its days, which may be the latest state only: days that change often are told
 * of at most about once a second. Aggregate id: `<restaurantId>/<date>`.
 */
export const TablesFree = defineEvent({
  topic: 'inventory-events',
  aggregateType: 'restaurant-day',
  version: 1,
  type: 'tables.free',
  data: Type.Object({
    restaurantId: Id,
    /** The restaurant's day, by which its opening hours go; slots past midnight belong to it. */
    date: LocalDate,
    /** Every bookable beginning at which something is free; none: nothing is. */
    slots: Type.Array(
      Type.Object({
        startsAt: Instant,
        free: Type.Array(
          Type.Object({
            areaId: Id,
            /** Party sizes that could be seated now. */
            partySizes: Type.Array(Type.Integer({ minimum: 1 })),
          }),
        ),
      }),
    ),
  }),
});

const waiting = { topic: 'inventory-events', aggregateType: 'waitlist-entry', version: 1 } as const;

const Waiting = {
  entryId: Id,
  userId: Id,
  restaurantId: Id,
  partySize: Type.Integer({ minimum: 1 }),
};

const Offer = Type.Object({
  ...Waiting,
  areaId: Id,
  startsAt: Instant,
  endsAt: Instant,
  /** The order id under which the table is held for the party. */
  holdOrderId: Id,
  expiresAt: Instant,
});

/** A table came free and is held for the party that waited longest. */
export const WaitlistOffered = defineEvent({ ...waiting, type: 'waitlist.offered', data: Offer });

/** The party let its offer pass; the table goes to the next. */
export const WaitlistLapsed = defineEvent({ ...waiting, type: 'waitlist.lapsed', data: Offer });

/** The party waits no more: it left, or what it waited for is past. */
export const WaitlistLeft = defineEvent({ ...waiting, type: 'waitlist.left', data: Type.Object(Waiting) });
