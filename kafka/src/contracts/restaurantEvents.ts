import { Type, type Static } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, LocalDate, LocalTime, MoneyAmount, oneOf, orNull } from './parts.js';

/** Status of a restaurant. Only PUBLISHED ones take reservations. */
export const RESTAURANT_STATUSES = ['DRAFT', 'PUBLISHED', 'CLOSED'] as const;

/** Where an area of a restaurant is. */
export const AREA_PLACES = ['INSIDE', 'TERRACE', 'BAR'] as const;

/** What an area seats people by: tables, or seats alone. */
export const AREA_KINDS = ['TABLES', 'SEATS'] as const;

/** Wall-clock times of the restaurant. `closes` not after `opens` means the day after. */
const OpenInterval = { opens: LocalTime, closes: LocalTime };

const Schedule = Type.Object({
  /** Seatings begin every so many minutes from `opens`. */
  slotMinutes: Type.Integer({ minimum: 1 }),
  /** Per weekday as ISO 8601 numbers it: 1 is Monday, 7 Sunday. Several a day. */
  hours: Type.Array(Type.Object({ weekday: Type.Integer({ minimum: 1, maximum: 7 }), ...OpenInterval })),
  /** Dates on which other hours count than the weekday's; no interval: closed. */
  exceptions: Type.Array(Type.Object({ date: LocalDate, intervals: Type.Array(Type.Object(OpenInterval)) })),
});

const Seating = Type.Object({
  /** How long a party stays: the first entry that covers its size. Ascending; the last covers `maximumParty`. */
  durations: Type.Array(
    Type.Object({ upToPartySize: Type.Integer({ minimum: 1 }), minutes: Type.Integer({ minimum: 1 }) }),
    { minItems: 1 },
  ),
  minimumParty: Type.Integer({ minimum: 1 }),
  maximumParty: Type.Integer({ minimum: 1 }),
  /** How many days ahead one may book. */
  horizonDays: Type.Integer({ minimum: 0 }),
  /** How long before its beginning a seating can still be booked. */
  noticeMinutes: Type.Integer({ minimum: 0 }),
});

const Area = Type.Object({
  /** Also the id of its offer. */
  areaId: Id,
  name: Type.String(),
  place: oneOf(...AREA_PLACES),
  kind: oneOf(...AREA_KINDS),
  /** SEATS only; null for TABLES. */
  seats: orNull(Type.Integer({ minimum: 1 })),
  /** TABLES only. */
  tables: Type.Array(
    Type.Object({
      tableId: Id,
      name: Type.String(),
      seats: Type.Integer({ minimum: 1 }),
      /** The smallest party that may sit at it. */
      minimumParty: Type.Integer({ minimum: 1 }),
    }),
  ),
  /** Sets of tables that may be pushed together. */
  joins: Type.Array(Type.Array(Id, { minItems: 2 })),
});

/** Everything others need to know of a restaurant; each restaurant event carries the whole present state. */
export const RestaurantSnapshot = Type.Object({
  restaurantId: Id,
  organizationId: Id,
  name: Type.String(),
  status: oneOf(...RESTAURANT_STATUSES),
  address: Type.String(),
  city: Type.String(),
  zipCode: Type.String(),
  location: Type.Object({
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
  }),
  /** IANA name. */
  timeZone: Type.String(),
  cuisines: Type.Array(Type.String()),
  priceRange: Type.Integer({ minimum: 1, maximum: 4 }),
  schedule: Schedule,
  seating: Seating,
  areas: Type.Array(Area),
  /** Per person; amount 0: none. */
  deposit: MoneyAmount,
  /** Who cancels later than so many hours before loses so many percent of the deposit. */
  cancellation: Type.Object({
    freeUntilHours: Type.Integer({ minimum: 0 }),
    thenPercent: Type.Integer({ minimum: 0, maximum: 100 }),
  }),
  /** Standing reservations of one person on one day. */
  limitPerPersonAndDay: Type.Integer({ minimum: 1 }),
});

/** Everything others need to know of a restaurant. */
export type RestaurantSnapshot = Static<typeof RestaurantSnapshot>;

const restaurant = { topic: 'catalog-events', aggregateType: 'restaurant', version: 1 } as const;

/** A restaurant was drafted. */
export const RestaurantCreated = defineEvent({
  ...restaurant,
  type: 'restaurant.created',
  data: RestaurantSnapshot,
});

/** A restaurant was edited, published or closed. */
export const RestaurantUpdated = defineEvent({
  ...restaurant,
  type: 'restaurant.updated',
  data: RestaurantSnapshot,
});

/** A restaurant's menu changed; carries the whole menu. */
export const MenuUpdated = defineEvent({
  ...restaurant,
  type: 'menu.updated',
  data: Type.Object({
    restaurantId: Id,
    organizationId: Id,
    categories: Type.Array(
      Type.Object({
        name: Type.String(),
        items: Type.Array(
          Type.Object({
            name: Type.String(),
            description: Type.String(),
            price: MoneyAmount,
            allergens: Type.Array(Type.String()),
            dietary: Type.Array(Type.String()),
          }),
        ),
      }),
    ),
  }),
});
