const MINUTE = 60_000;
/** Up to this many a minute each admission has its own moment; above, a second's worth may come at once. */
const ONE_BY_ONE = 60;

/** What pacing allows. */
export interface Pacing {
  /** How many may be admitted now, of those wanted. */
  readonly granted: number;
  /** The moment before which the next may not be. */
  readonly pacedUntil: Date;
}

/**
 * Spreads admissions evenly: at most `perMinute` in any 60 seconds. A virtual schedule (GCRA, ITU-T I.371): the next
 * admission is due at `pacedUntil`, each moves that on by an interval, and what is late by up to a tolerance is made up
 * for. With tolerance t and interval T a window W holds at most (W + t) / T + 1, so T = (W + t) / (M - 1) keeps it at M.
 */
export function pace(pacedUntil: Date, now: Date, perMinute: number, wanted: number): Pacing {
  const tolerance = perMinute > ONE_BY_ONE ? 1000 : 0;
  const interval = perMinute > ONE_BY_ONE ? (MINUTE + tolerance) / (perMinute - 1) : MINUTE / perMinute;
  const due = Math.max(pacedUntil.getTime(), now.getTime() - tolerance);
  const late = now.getTime() - due;
  const granted = late < 0 ? 0 : Math.min(wanted, Math.floor(late / interval) + 1);
  return { granted, pacedUntil: granted === 0 ? pacedUntil : new Date(Math.ceil(due + granted * interval)) };
}
