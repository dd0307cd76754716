import type { EventOptions } from '../harness/story.js';

/** What somebody sets out to do. */
export type StoryKind = keyof typeof STORIES;

/** What a sale is like. */
export type SaleKind = keyof typeof SALES;

/** A sale that people come to: `line` has a waiting room, `scarce` sells out. */
interface Sale {
  /** How many of the kind at a time; see `eventsOf`. */
  readonly events: number;
  readonly options: EventOptions;
}

const MANY = 100_000;
const TOGETHER = { price: 1000, limitPerPerson: 100 } as const;

/** The sales of a run. */
export const SALES = {
  line: {
    events: 2,
    options: { ...TOGETHER, total: MANY, waitroom: { maximumInCheckout: 5, admissionsPerMinute: 6000 } },
  },
  scarceLine: {
    events: 1,
    options: { ...TOGETHER, total: 25, waitroom: { maximumInCheckout: 3, admissionsPerMinute: 6000 } },
  },
  open: { events: 2, options: { ...TOGETHER, total: MANY, cancellable: true } },
  scarce: { events: 2, options: { ...TOGETHER, total: 15, limitPerPerson: 3 } },
  free: { events: 1, options: { ...TOGETHER, total: MANY, price: 0 } },
} as const satisfies Readonly<Record<string, Sale>>;

/** After so long nobody has reached the most that one person may have. */
const FRESH_MINUTES = 15;

/** How many sales of a kind a run has. */
export function eventsOf(kind: SaleKind, minutes: number): number {
  return SALES[kind].events * Math.ceil(minutes / FRESH_MINUTES);
}

/** How often what is done, and at which sales. */
export const STORIES = {
  /** Joins where there is a line, waits for the turn, buys and pays. */
  buy: { weight: 34, at: { line: 4, scarceLine: 2, open: 3, scarce: 2 } },
  /** Is declined, tries again and pays. */
  declineThenRetry: { weight: 10, at: { line: 2, open: 3 } },
  /** Holds units and is not seen again. */
  abandon: { weight: 6, at: { line: 1, open: 2, scarce: 1, scarceLine: 1 } },
  /** Cancels before paying. */
  cancel: { weight: 8, at: { line: 1, open: 2, scarce: 1 } },
  /** Cancels after paying, as the policy allows. */
  cancelPaid: { weight: 6, at: { open: 1 } },
  /** Buys several; the organizer gives the money for one back. */
  refundOne: { weight: 8, at: { line: 1, open: 2 } },
  /** Takes what costs nothing. */
  takeFree: { weight: 10, at: { free: 1 } },
  /** Sends the same order twice at once, by both gateways, and pays it. */
  orderTwice: { weight: 8, at: { open: 2, scarce: 1 } },
  /** Pays with money that arrives after the hold has ended. */
  payLate: { weight: 2, at: { open: 1, scarce: 1 } },
  /** Joins, and leaves. */
  leave: { weight: 8, at: { line: 2, scarceLine: 1 } },
} as const satisfies Readonly<
  Record<string, { readonly weight: number; readonly at: Readonly<Partial<Record<SaleKind, number>>> }>
>;
