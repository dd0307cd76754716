/** What operators may set of the rules. */
export interface Rules {
  /** How long a hold lasts, in seconds. */
  readonly holdSeconds: number;
  /** How long a table is held for whoever waited for it, in seconds. */
  readonly waitlistOfferSeconds: number;
  /** LOW begins at this share of an offer's total. */
  readonly lowPercent: number;
}
