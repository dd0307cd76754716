import type { RestaurantStatus } from './restaurantStatus.js';

/** A time of the restaurant's wall clock, `19:30`. */
export type WallTime = string;

/** When a restaurant is open; one that closes not after it opens closes on the day after. */
export interface OpenInterval {
  readonly opens: WallTime;
  readonly closes: WallTime;
}

/** Opening hours of a weekday, 1 (Monday) to 7 (Sunday). */
export interface WeekdayHours extends OpenInterval {
  readonly weekday: number;
}

/** A date, `2026-12-24`, on which other hours count than its weekday's; no interval: closed. */
export interface HoursException {
  readonly date: string;
  readonly intervals: readonly OpenInterval[];
}

/** When parties are seated. */
export interface Schedule {
  /** Seatings begin every so many minutes from opening. */
  readonly slotMinutes: number;
  readonly hours: readonly WeekdayHours[];
  readonly exceptions: readonly HoursException[];
}

/** Whom a restaurant takes, and when they may book. */
export interface Seating {
  /** How long a party stays: the first entry that covers its size; ascending. */
  readonly durations: readonly { readonly upToPartySize: number; readonly minutes: number }[];
  readonly minimumParty: number;
  readonly maximumParty: number;
  readonly horizonDays: number;
  readonly noticeMinutes: number;
}

/** A table. */
export interface Table {
  readonly tableId: string;
  readonly name: string;
  readonly seats: number;
  /** The smallest party that may sit at it. */
  readonly minimumParty: number;
}

/** A part of a restaurant, by tables or by seats alone. */
export interface Area {
  readonly areaId: string;
  readonly name: string;
  readonly place: 'INSIDE' | 'TERRACE' | 'BAR';
  readonly kind: 'TABLES' | 'SEATS';
  /** SEATS only; null for TABLES. */
  readonly seats: number | null;
  readonly tables: readonly Table[];
  /** Sets of tables, by id, that may be pushed together. */
  readonly joins: readonly (readonly string[])[];
}

/** Something to eat or drink. */
export interface MenuItem {
  readonly name: string;
  readonly description: string;
  /** In minor units of the restaurant's currency. */
  readonly price: number;
  readonly allergens: readonly string[];
  readonly dietary: readonly string[];
}

/** A part of a menu. */
export interface MenuCategory {
  readonly name: string;
  readonly items: readonly MenuItem[];
}

/** A point on the Earth in degrees. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** What a restaurant is, and how it takes reservations. */
export interface RestaurantDetails {
  readonly name: string;
  readonly description: string;
  /** Of its texts, BCP 47. */
  readonly language: string;
  readonly address: string;
  readonly city: string;
  readonly zipCode: string;
  readonly location: GeoPoint;
  /** IANA name. */
  readonly timeZone: string;
  readonly cuisines: readonly string[];
  /** 1 to 4. */
  readonly priceRange: number;
  /** Of deposit and menu. */
  readonly currency: string;
  readonly seating: Seating;
  /** Per person, in minor units; 0 for none. */
  readonly deposit: number;
  /** Who cancels later than so many hours before loses so many percent of the deposit. */
  readonly cancellation: { readonly freeUntilHours: number; readonly thenPercent: number };
  /** Standing reservations of one person on one day. */
  readonly limitPerPersonAndDay: number;
}

/** A restaurant. */
export interface Restaurant extends RestaurantDetails {
  readonly id: string;
  readonly organizationId: string;
  readonly status: RestaurantStatus;
  readonly schedule: Schedule;
  readonly areas: readonly Area[];
  readonly menu: readonly MenuCategory[];
  /** Marks that something on the menu has. */
  readonly dietary: readonly string[];
  readonly publishedAt: Date | null;
  readonly reviewCount: number;
  /** Sum of the ratings of all its reviews. */
  readonly ratingSum: number;
}
