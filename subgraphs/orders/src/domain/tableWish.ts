import { type InputCheck, isId } from '@foyer/platform/domain';

/** What everybody says who wants a table. */
export interface TableWishInput {
  readonly startsAt: Date;
  readonly partySize: number;
  /** In order of preference; none: any. */
  readonly areaIds?: readonly string[] | null | undefined;
  readonly specialRequests?: string | null | undefined;
}

/** A wish in its normal form. */
export interface TableWish {
  readonly startsAt: Date;
  readonly partySize: number;
  readonly areaIds: readonly string[];
  readonly specialRequests: string;
}

/** Parties larger than any restaurant takes. */
const LARGEST_PARTY = 1000;
const MOST_AREAS = 20;

/** The wish in its normal form; notes every wrong field. Whether the restaurant can grant it is judged later. */
export function checkTableWish(check: InputCheck, input: TableWishInput): TableWish {
  const areaIds = (input.areaIds ?? []).map((id) => id.toLowerCase());
  const specialRequests = input.specialRequests?.trim() ?? '';
  checkPartySize(check, input.partySize, 1, LARGEST_PARTY);
  checkStart(check, input.startsAt);
  check.require(
    areaIds.length <= MOST_AREAS,
    'input.areaIds',
    'TOO_MANY',
    `Name at most ${MOST_AREAS} areas.`,
  );
  areaIds.slice(0, MOST_AREAS).forEach((id, index) => {
    const path = `input.areaIds.${index}`;
    check.require(isId(id), path, 'NOT_AN_ID', 'This is no id of an area.');
    check.require(areaIds.indexOf(id) === index, path, 'DUPLICATE', 'Name each area once.');
  });
  check.optionalText(specialRequests, 'input.specialRequests', 1000);
  return { startsAt: input.startsAt, partySize: input.partySize, areaIds, specialRequests };
}

/** Notes an instant that nobody means. */
export function checkStart(check: InputCheck, startsAt: Date): void {
  const year = startsAt.getUTCFullYear();
  check.require(year >= 2000 && year < 2200, 'input.startsAt', 'OUT_OF_RANGE', 'Use a time of this century.');
}

/** Notes a party that is none, or that the restaurant does not take. */
export function checkPartySize(check: InputCheck, size: number, minimum: number, maximum: number): void {
  check.integer(size, 'input.partySize', minimum, maximum);
}

/** What of a restaurant decides where somebody may wish to sit. */
interface Areas {
  readonly name: string;
  readonly areas: readonly { readonly areaId: string; readonly name: string }[];
}

/** Notes areas that the restaurant does not have. @returns those to look in, in order of preference. */
export function checkAreas(
  check: InputCheck,
  { name, areas }: Areas,
  areaIds: readonly string[],
): readonly string[] {
  const known = areas.map(({ areaId }) => areaId);
  const names = areas.map((area) => `"${area.name}" (${area.areaId})`).join(', ');
  areaIds.forEach((id, index) =>
    check.require(
      known.includes(id),
      `input.areaIds.${index}`,
      'UNKNOWN_AREA',
      `${name} has no such area; it has ${names || 'none now'}.`,
    ),
  );
  return areaIds.length > 0 ? areaIds : known;
}
