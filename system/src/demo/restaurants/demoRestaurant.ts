/** A restaurant of the demo data. */
export interface DemoRestaurant {
  /** For `createRestaurant`, the organization aside. */
  readonly details: {
    readonly name: string;
    readonly description: string;
    readonly address: string;
    readonly city: string;
    readonly zipCode: string;
    readonly location: { readonly latitude: number; readonly longitude: number };
    readonly timeZone: string;
    readonly cuisines: readonly string[];
    readonly priceRange: 1 | 2 | 3 | 4;
    readonly currency: string;
    readonly hours: readonly Hours[];
    readonly areas: readonly DemoArea[];
    readonly seating?: Readonly<Record<string, unknown>>;
    /** Per person, in minor units. */
    readonly deposit?: number;
    readonly cancellation?: { readonly freeUntilHours: number; readonly thenPercent: number };
  };
  /** For `setMenu`: name, description, price in minor units, and what it is made with and for. */
  readonly menu: readonly { readonly name: string; readonly items: readonly DemoDish[] }[];
  /** In how many days it is closed; left out: never but as its hours say. */
  readonly closedInDays?: number;
  /** Evenings for which guests have called. */
  readonly busy?: readonly BusyEvening[];
}

/** A dish on a menu. */
export interface DemoDish {
  readonly name: string;
  readonly description: string;
  readonly price: number;
  readonly allergens?: readonly string[];
  readonly dietary?: readonly string[];
}

/** A part of a restaurant. */
export interface DemoArea {
  readonly name: string;
  readonly place: 'INSIDE' | 'TERRACE' | 'BAR';
  readonly kind: 'TABLES' | 'SEATS';
  readonly seats?: number;
  readonly tables?: readonly {
    readonly name: string;
    readonly seats: number;
    readonly minimumParty: number;
  }[];
  readonly joins?: readonly (readonly string[])[];
}

/** An evening for which guests have called. */
export interface BusyEvening {
  /** The first day from then on at which it is open at the time. */
  readonly inDays: number;
  /** Of the restaurant's wall clock. */
  readonly time: string;
  /** Sizes of the parties. */
  readonly parties: readonly number[];
  /** Whether somebody waits for a table of two at that time: it must be full then. */
  readonly waitlist?: boolean;
}

interface Hours {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
}

/** The same hours on several weekdays; `intervals` as `17:00-23:00`. */
export function hours(weekdays: readonly number[], ...intervals: readonly string[]): readonly Hours[] {
  return weekdays.flatMap((weekday) =>
    intervals.map((interval) => {
      const [opens = '', closes = ''] = interval.split('-');
      return { weekday, opens, closes };
    }),
  );
}

/** Every day. */
export const DAILY = [1, 2, 3, 4, 5, 6, 7];

/** A room with tables: how many seats each has, numbered from 1; `joins` by number. */
export function room(
  name: string,
  place: DemoArea['place'],
  seats: readonly number[],
  joins: readonly (readonly number[])[] = [],
): DemoArea {
  return {
    name,
    place,
    kind: 'TABLES',
    // A table of six is too good for one.
    tables: seats.map((count, index) => ({
      name: String(index + 1),
      seats: count,
      minimumParty: count >= 6 ? 3 : 1,
    })),
    joins: joins.map((tables) => tables.map(String)),
  };
}

/** A counter or terrace where only seats count. */
export function seats(name: string, place: DemoArea['place'], count: number): DemoArea {
  return { name, place, kind: 'SEATS', seats: count };
}
