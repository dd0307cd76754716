/** Beginnings are told apart by so many minutes. */
const STEP_MS = 5 * 60_000;
/** Party sizes below this have a place between two beginnings. */
const PARTIES = 64;

/** The years of which `freeCode` can tell. */
export const FREE_YEARS = { first: 1970, last: 2287 } as const;

/** Whole numbers from `from` to just below `until`. */
export interface CodeRange {
  readonly from: number;
  readonly until: number;
}

/**
 * The number that stands for "free at this time for this party" in the copy of free tables: five-minute steps since
 * 1970, times 64, plus the party size. It fits 31 bits until December 2288.
 */
export function freeCode(at: Date, partySize: number): number {
  return Math.floor(at.getTime() / STEP_MS) * PARTIES + partySize;
}

/** What is free, as ranges of numbers; neighbouring party sizes melt into one. */
export function freeRanges(
  slots: readonly {
    readonly startsAt: string;
    readonly free: readonly { readonly partySizes: readonly number[] }[];
  }[],
): readonly CodeRange[] {
  const codes = slots.flatMap(({ startsAt, free }) =>
    free.flatMap(({ partySizes }) =>
      // What no restaurant can be set up for can't be looked for either.
      partySizes.filter((size) => size < PARTIES).map((size) => freeCode(new Date(startsAt), size)),
    ),
  );
  const ranges: { from: number; until: number }[] = [];
  for (const code of codes.sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && code <= last.until) last.until = Math.max(last.until, code + 1);
    else ranges.push({ from: code, until: code + 1 });
  }
  return ranges;
}

/**
 * The numbers of which one must be free: beginnings at most so many minutes from a time.
 * @param withinMinutes 0 for that time alone.
 */
export function wantedRanges(at: Date, partySize: number, withinMinutes: number): readonly CodeRange[] {
  const steps = Math.floor((withinMinutes * 60_000) / STEP_MS);
  const middle = freeCode(at, partySize);
  return Array.from({ length: 2 * steps + 1 }, (_, index) => {
    const from = middle + (index - steps) * PARTIES;
    return { from, until: from + 1 };
  });
}

/** Ranges as Postgres writes an `int4multirange`. */
export function multirangeText(ranges: readonly CodeRange[]): string {
  return `{${ranges.map(({ from, until }) => `[${from},${until})`).join(',')}}`;
}
