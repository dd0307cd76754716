/** What the people of a load do, each again and again. */
export type LoadJob =
  /** Reads one field of an event: the baseline. */
  | 'read'
  /** Buys a ticket: places the order, opens the pay page if there is one, and pays. */
  | 'buy'
  /** Joins the line, waits for the turn by subscription, and buys. */
  | 'line'
  /** Makes an organization. */
  | 'organization';

/** What the load process is asked for. */
export interface LoadOrder {
  readonly job: LoadJob;
  readonly endpoint: string;
  /** Access tokens of the people. A person does one thing at a time; whoever has rested longest is next. */
  readonly tokens: readonly string[];
  readonly eventId: string;
  readonly offerId: string;
  /** What one ticket costs with all its extras. */
  readonly total: { readonly amount: number; readonly currency: string };
  /** How many do something at once. */
  readonly clients: number;
  readonly seconds: number;
  /** Begins that many per second, whether or not those before have ended; null: each as soon as one has ended. */
  readonly perSecond: number | null;
}

/** What came of it, as the clients saw it. */
export interface LoadResult {
  readonly done: number;
  readonly failed: number;
  /** Why the first one failed; null when none did. */
  readonly failure: string | null;
  readonly seconds: number;
}
