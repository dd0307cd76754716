import { isId, type InputCheck } from '@foyer/platform';

const HOUR = 3_600_000;
const MAXIMUM_AREAS = 20;
const MAXIMUM_TABLES = 100;

/** Notes an instant that nobody means: the calendar ends somewhere, and no restaurant is booked there. */
export function checkInstant(check: InputCheck, instant: Date, path: string): void {
  const year = instant.getUTCFullYear();
  check.require(year >= 2000 && year < 2200, path, 'OUT_OF_RANGE', 'Use a time of this century.');
}

/** Notes what can't be used of a list of ids. */
export function checkIds(
  check: InputCheck,
  ids: readonly string[],
  path: string,
  maximum = MAXIMUM_AREAS,
): void {
  check.require(ids.length <= maximum, path, 'LENGTH', `Give at most ${maximum}.`);
  ids.forEach((id, index) => check.require(isId(id), `${path}.${index}`, 'NOT_AN_ID', 'Give an id.'));
  const distinct = new Set(ids.map((id) => id.toLowerCase()));
  check.require(distinct.size === ids.length, path, 'DUPLICATE', 'Give each once.');
}

/** What a party waits for. */
export interface JoinInput {
  readonly restaurantId: string;
  readonly partySize: number;
  readonly from: Date;
  readonly until?: Date | null;
  readonly areaIds: readonly string[];
}

/** Notes what can't be used of a wish to wait. */
export function checkJoin(check: InputCheck, { partySize, from, until, areaIds }: JoinInput): void {
  check.integer(partySize, 'input.partySize', 1, 1000);
  checkInstant(check, from, 'input.from');
  const length = (until ?? from).getTime() - from.getTime();
  check.require(
    length >= 0 && length <= 24 * HOUR,
    'input.until',
    'OUT_OF_RANGE',
    'Use a time up to 24 hours after `from`.',
  );
  checkIds(check, areaIds, 'input.areaIds');
}

/** Tables or seats to be blocked. */
export interface BlockInput {
  readonly id: string;
  readonly restaurantId: string;
  readonly areaId: string;
  readonly tableIds: readonly string[];
  readonly seats?: number | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
}

/** Notes what can't be used of a block. @param kind of its area; null when there is none such. */
export function checkBlock(check: InputCheck, input: BlockInput, kind: 'TABLES' | 'SEATS' | null): void {
  const { id, tableIds, seats, startsAt, endsAt, reason } = input;
  check.require(isId(id), 'input.id', 'NOT_AN_ID', 'Give an id.');
  checkIds(check, tableIds, 'input.tableIds', MAXIMUM_TABLES);
  check.text(reason, 'input.reason', 200);
  checkInstant(check, startsAt, 'input.startsAt');
  const length = endsAt.getTime() - startsAt.getTime();
  check.require(
    length > 0 && length <= 7 * 24 * HOUR,
    'input.endsAt',
    'OUT_OF_RANGE',
    'It must end after it begins, and within 7 days.',
  );
  if (kind === 'TABLES') {
    check.require(tableIds.length > 0, 'input.tableIds', 'REQUIRED', 'Say which tables.');
  } else if (kind === 'SEATS') {
    check.integer(seats ?? 0, 'input.seats', 1, 100_000);
    check.require(tableIds.length === 0, 'input.tableIds', 'NO_TABLES', 'This area has seats alone.');
  }
}
