import { type InputCheck, newId, normalText } from '@foyer/platform/domain';
import { MAXIMUM_PARTY } from './checkRestaurant.js';
import type { Area, Table } from './restaurant.js';

/** An area as an operator gives it: what has no id is new, joins name their tables. */
export interface AreaInput extends Pick<Area, 'name' | 'place' | 'kind' | 'joins'> {
  readonly areaId?: string | null;
  readonly seats?: number | null;
  readonly tables: readonly {
    readonly tableId?: string | null;
    readonly name: string;
    readonly seats: number;
    readonly minimumParty: number;
  }[];
}

const MAXIMUM_AREAS = 30;
const MAXIMUM_TABLES = 300;
const MAXIMUM_JOINS = 300;
const MAXIMUM_JOINED = 8;
const MAXIMUM_SEATS = 10_000;

/**
 * The areas that a restaurant is to have, with ids for what is new; notes every wrong field.
 * @param present what it has: only ids of these may be given, and an area keeps its kind.
 */
export function readAreas(
  check: InputCheck,
  inputs: readonly AreaInput[],
  present: readonly Area[],
): readonly Area[] {
  check
    .require(inputs.length <= MAXIMUM_AREAS, 'input.areas', 'TOO_MANY', `Use at most ${MAXIMUM_AREAS} areas.`)
    .require(
      inputs.reduce((sum, { tables }) => sum + tables.length, 0) <= MAXIMUM_TABLES,
      'input.areas',
      'TOO_MANY',
      `Use at most ${MAXIMUM_TABLES} tables in all.`,
    );
  noteRepeated(
    check,
    inputs.map(({ name }) => name),
    (index) => `input.areas.${index}.name`,
  );
  noteRepeated(
    check,
    inputs.map(({ areaId }) => areaId ?? null),
    (index) => `input.areas.${index}.areaId`,
  );
  return inputs.map((input, index) => readArea(check, input, present, `input.areas.${index}`));
}

function readArea(check: InputCheck, input: AreaInput, present: readonly Area[], path: string): Area {
  const known = present.find(({ areaId }) => areaId === input.areaId);
  const bySeats = input.kind === 'SEATS';
  check
    .line(input.name, `${path}.name`, 100)
    .require(
      !input.areaId || known !== undefined,
      `${path}.areaId`,
      'UNKNOWN',
      'Leave it out for a new area.',
    )
    .require(
      known === undefined || known.kind === input.kind,
      `${path}.kind`,
      'FIXED',
      'An area keeps its kind; make a new one instead.',
    )
    .require(
      bySeats || (input.seats ?? null) === null,
      `${path}.seats`,
      'NOT_FOR_TABLES',
      'Leave it out: its tables have the seats.',
    )
    .require(
      !bySeats || (input.tables.length === 0 && input.joins.length === 0),
      `${path}.tables`,
      'NOT_FOR_SEATS',
      'Leave tables and joins out, or make it an area of tables.',
    )
    .require(bySeats || input.tables.length > 0, `${path}.tables`, 'REQUIRED', 'Give its tables.');
  if (bySeats) check.integer(input.seats ?? 0, `${path}.seats`, 1, MAXIMUM_SEATS);
  const tables = readTables(check, input, known?.tables ?? [], path);
  return {
    areaId: known?.areaId ?? newId(),
    name: normalText(input.name),
    place: input.place,
    kind: input.kind,
    seats: bySeats ? (input.seats ?? null) : null,
    tables,
    joins: readJoins(check, input.joins, tables, path),
  };
}

function readTables(
  check: InputCheck,
  { tables }: AreaInput,
  present: readonly Table[],
  path: string,
): readonly Table[] {
  noteRepeated(
    check,
    tables.map(({ name }) => name),
    (index) => `${path}.tables.${index}.name`,
  );
  noteRepeated(
    check,
    tables.map(({ tableId }) => tableId ?? null),
    (index) => `${path}.tables.${index}.tableId`,
  );
  return tables.map((table, index) => {
    const at = `${path}.tables.${index}`;
    const known = present.find(({ tableId }) => tableId === table.tableId);
    check
      .line(table.name, `${at}.name`, 50)
      .require(
        !table.tableId || known !== undefined,
        `${at}.tableId`,
        'UNKNOWN',
        'Leave it out for a new table.',
      )
      .integer(table.seats, `${at}.seats`, 1, MAXIMUM_PARTY)
      .integer(table.minimumParty, `${at}.minimumParty`, 1, Math.max(1, table.seats));
    return {
      tableId: known?.tableId ?? newId(),
      name: normalText(table.name),
      seats: table.seats,
      minimumParty: table.minimumParty,
    };
  });
}

/** Joins by the ids of the tables that they name. */
function readJoins(
  check: InputCheck,
  joins: AreaInput['joins'],
  tables: readonly Table[],
  path: string,
): Area['joins'] {
  check.require(joins.length <= MAXIMUM_JOINS, `${path}.joins`, 'TOO_MANY', `Use at most ${MAXIMUM_JOINS}.`);
  const ids = new Map(tables.map(({ name, tableId }) => [name, tableId]));
  return joins.slice(0, MAXIMUM_JOINS).map((names, index) => {
    const found = [...new Set(names.map((name) => normalText(name)))].map((name) => ids.get(name));
    const known = found.filter((id) => id !== undefined);
    check
      .require(
        known.length === names.length,
        `${path}.joins.${index}`,
        'UNKNOWN_TABLE',
        'Name tables of this area, each once.',
      )
      .require(
        names.length >= 2 && names.length <= MAXIMUM_JOINED,
        `${path}.joins.${index}`,
        'COUNT',
        `Name 2 to ${MAXIMUM_JOINED} tables.`,
      );
    return known.sort();
  });
}

function noteRepeated(
  check: InputCheck,
  values: readonly (string | null)[],
  pathOf: (index: number) => string,
): void {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    const key = value?.trim();
    if (key === undefined || key === '') return;
    check.require(!seen.has(key), pathOf(index), 'REPEATED', 'Use it once only.');
    seen.add(key);
  });
}
