/** Opening hours of one stretch, wall clock `HH:MM`. `closes` not after `opens` means the day after. */
export interface OpenInterval {
  readonly opens: string;
  readonly closes: string;
}

/** What catalog says of a restaurant, as far as it decides about tables. */
export interface RestaurantConfiguration {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly schedule: {
    /** Seatings begin every so many minutes from `opens`. */
    readonly slotMinutes: number;
    /** By ISO weekday: 1 is Monday. */
    readonly hours: readonly (OpenInterval & { readonly weekday: number })[];
    /** Dates (`YYYY-MM-DD`) on which other hours count; none: closed. */
    readonly exceptions: readonly { readonly date: string; readonly intervals: readonly OpenInterval[] }[];
  };
  readonly seating: {
    /** Ascending; the first that covers a party counts, the last covers the largest. */
    readonly durations: readonly { readonly upToPartySize: number; readonly minutes: number }[];
    readonly minimumParty: number;
    readonly maximumParty: number;
    /** How many days ahead one may book. */
    readonly horizonDays: number;
    /** How long before its beginning a seating can still be booked. */
    readonly noticeMinutes: number;
  };
  readonly areas: readonly AreaConfiguration[];
  /** Standing seatings of one person on one day. */
  readonly limitPerPersonAndDay: number;
}

/** An area: tables, or seats alone. */
export interface AreaConfiguration {
  /** Also the id of its offer. */
  readonly areaId: string;
  readonly name: string;
  readonly kind: 'TABLES' | 'SEATS';
  /** Of SEATS; null for TABLES. */
  readonly seats: number | null;
  readonly tables: readonly {
    readonly tableId: string;
    readonly name: string;
    readonly seats: number;
    /** The smallest party that may sit at it. */
    readonly minimumParty: number;
  }[];
  /** Sets of tables that may be pushed together. */
  readonly joins: readonly (readonly string[])[];
}

/** Where a party may sit: a table, or several pushed together. */
export interface Place {
  readonly tables: readonly string[];
  readonly seats: number;
  readonly minimumParty: number;
}

/** An area made ready for deciding. */
export interface Area {
  readonly id: string;
  readonly name: string;
  readonly kind: 'TABLES' | 'SEATS';
  /** All its seats. */
  readonly seats: number;
  /** Where a party may sit, the best first; none in an area of seats alone. */
  readonly places: readonly Place[];
}

/** A moment at which a seating may begin. */
export interface Slot {
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** Of the wall clock from UTC, in milliseconds: in the hour that comes twice only it differs. */
  readonly offset: number;
}

/** A restaurant made ready for deciding. */
export interface Restaurant extends RestaurantConfiguration {
  readonly id: string;
  /** Of the configuration; rises with every change of it. */
  readonly version: number;
  readonly areasById: ReadonlyMap<string, Area>;
  readonly tableNames: ReadonlyMap<string, string>;
  /** The shortest and the longest time that a party stays, in milliseconds. */
  readonly shortestStay: number;
  readonly longestStay: number;
  /** Remembers the slots of days (`slotsOfDay`). */
  readonly slotsByDate: Map<string, readonly Slot[]>;
}
