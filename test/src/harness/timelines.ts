import type { Databases } from './quiet.js';

/** A party that has a place, by somebody's word. */
export interface Party {
  readonly orderId: string;
  readonly areaId: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly partySize: number;
}

/** An area as its restaurant has it. */
export interface AreaView {
  readonly id: string;
  readonly name: string;
  /** Null where tables have them. */
  readonly seats: number | null;
  readonly tables: readonly {
    readonly id: string;
    readonly name: string;
    readonly seats: number;
    readonly minimumParty: number;
  }[];
  /** By names. */
  readonly joins: readonly (readonly string[])[];
}

/** What inventory's database has of a restaurant's tables. */
export interface StoredTimelines {
  /** By the holds that stand. */
  readonly seatings: readonly (Party & { readonly tables: readonly string[] })[];
  /** The timeline of each table. */
  readonly tables: readonly {
    readonly orderId: string;
    readonly tableId: string;
    readonly startsAt: number;
    readonly endsAt: number;
  }[];
  /** Seats taken in areas of seats alone, by cells of five minutes. */
  readonly cells: readonly { readonly areaId: string; readonly startsAt: number; readonly taken: number }[];
}

const CELL = 5 * 60_000;

/** Reads what stands of a restaurant's tables. */
export async function readTimelines(
  { inventory }: Pick<Databases, 'inventory'>,
  areaIds: readonly string[],
): Promise<StoredTimelines> {
  const [seatings, tables, cells] = await Promise.all([
    inventory.query<StoredTimelines['seatings'][number]>(
      `select order_id as "orderId", s.offer_id as "areaId", ${millis('lower(during)')} as "startsAt",
         ${millis('upper(during)')} as "endsAt", l.quantity as "partySize", s.tables::text[] as tables
       from seating s join hold h using (order_id) join hold_line l using (order_id, offer_id)
       where h.state in ('HELD', 'CONFIRMED') and s.offer_id = any($1)`,
      [areaIds],
    ),
    inventory.query<StoredTimelines['tables'][number]>(
      `select order_id as "orderId", table_id as "tableId", ${millis('lower(during)')} as "startsAt",
         ${millis('upper(during)')} as "endsAt"
       from seating_table where offer_id = any($1)`,
      [areaIds],
    ),
    inventory.query<StoredTimelines['cells'][number]>(
      `select area_id as "areaId", ${millis('starts_at')} as "startsAt", taken
       from slot_seats where area_id = any($1) and taken <> 0`,
      [areaIds],
    ),
  ]);
  return { seatings, tables, cells };
}

/**
 * Draws every table's timeline anew, from what guests were told and from the holds, and compares it with what the database
 * has.
 * @param told whoever was told that a table is theirs, and not that it is no more.
 * @returns what differs, one line each.
 */
export function timelineFaults(
  areas: readonly AreaView[],
  told: readonly Party[],
  { seatings, tables, cells }: StoredTimelines,
): readonly string[] {
  return [
    ...differences('guests were told', told.map(partyWords), 'holds say', seatings.map(partyWords)),
    ...seatings.flatMap((seating) => placeFaults(areas, seating)),
    ...differences(
      'a hold has',
      seatings.flatMap((seating) => seating.tables.map((tableId) => tableWords({ ...seating, tableId }))),
      'a timeline has',
      tables.map(tableWords),
    ),
    ...overlapFaults(seatings),
    ...seatFaults(areas, told, cells),
  ];
}

function millis(instant: string): string {
  return `(extract(epoch from ${instant}) * 1000)::float8`;
}

function partyWords({ orderId, areaId, startsAt, endsAt, partySize }: Party): string {
  return `${orderId}: ${partySize} in ${areaId} ${span(startsAt, endsAt)}`;
}

function tableWords({ orderId, tableId, startsAt, endsAt }: StoredTimelines['tables'][number]): string {
  return `${orderId} at ${tableId} ${span(startsAt, endsAt)}`;
}

function span(startsAt: number, endsAt: number): string {
  return `from ${new Date(startsAt).toISOString()} to ${new Date(endsAt).toISOString()}`;
}

/** What only one of two has, or one more often than the other. */
function differences(
  one: string,
  ofOne: readonly string[],
  other: string,
  ofOther: readonly string[],
): readonly string[] {
  const only = (some: readonly string[], without: readonly string[]): readonly string[] => {
    const left = [...without];
    return some.filter((each) => {
      const index = left.indexOf(each);
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    });
  };
  return [
    ...only(ofOne, ofOther).map((line) => `only ${one} ${line}`),
    ...only(ofOther, ofOne).map((line) => `only ${other} ${line}`),
  ];
}

/** A party sits at one table that fits it, or at tables that may be joined; nowhere in particular where only seats count. */
function placeFaults(
  areas: readonly AreaView[],
  seating: StoredTimelines['seatings'][number],
): readonly string[] {
  const area = areas.find(({ id }) => id === seating.areaId);
  const own = (area?.tables ?? []).filter(({ id }) => seating.tables.includes(id));
  const names = own.map(({ name }) => name);
  const isJoin = (area?.joins ?? []).some((join) => join.toSorted().join() === names.toSorted().join());
  const seats = own.reduce((sum, table) => sum + table.seats, 0);
  const least = Math.max(0, ...own.map(({ minimumParty }) => minimumParty));
  const hasTables = (area?.seats ?? null) === null;
  const isPlace = hasTables ? own.length === 1 || isJoin : own.length === 0;
  const fits = !hasTables || (least <= seating.partySize && seating.partySize <= seats);
  return own.length === seating.tables.length && isPlace && fits
    ? []
    : [`no place for ${partyWords(seating)}: ${names.join('+')}`];
}

function overlapFaults(seatings: StoredTimelines['seatings']): readonly string[] {
  const faults: string[] = [];
  const busyUntil = new Map<string, number>();
  for (const { startsAt, endsAt, tables } of seatings.toSorted((a, b) => a.startsAt - b.startsAt)) {
    for (const tableId of tables) {
      const until = busyUntil.get(tableId) ?? -Infinity;
      if (startsAt < until) faults.push(`two parties at ${tableId} ${span(startsAt, until)}`);
      busyUntil.set(tableId, Math.max(until, endsAt));
    }
  }
  return faults;
}

function seatFaults(
  areas: readonly AreaView[],
  told: readonly Party[],
  cells: StoredTimelines['cells'],
): readonly string[] {
  return areas.flatMap(({ id, name, seats }) => {
    if (seats === null) return [];
    const taken = new Map<number, number>();
    for (const { areaId, startsAt, endsAt, partySize } of told) {
      if (areaId !== id) continue;
      for (let cell = Math.floor(startsAt / CELL) * CELL; cell < endsAt; cell += CELL) {
        taken.set(cell, (taken.get(cell) ?? 0) + partySize);
      }
    }
    const words = (startsAt: number, count: number): string =>
      `${count} seats of ${name} at ${new Date(startsAt).toISOString()}`;
    return [
      ...[...taken]
        .filter(([, count]) => count > seats)
        .map(([cell, count]) => `too many: ${words(cell, count)}`),
      ...differences(
        'guests have',
        [...taken].map(([cell, count]) => words(cell, count)),
        'the database counts',
        cells.filter(({ areaId }) => areaId === id).map((cell) => words(cell.startsAt, cell.taken)),
      ),
    ];
  });
}
