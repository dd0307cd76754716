/** What a buyer knows of an order, by what they were told and what they did. */
export interface ObservedOrder {
  readonly id: string;
  readonly personId: string;
  /** The highest version that they were shown. */
  readonly version: number;
  /** They were told that it is complete. */
  readonly completed: boolean;
  /** Ids of the tickets they were shown. */
  readonly tickets: ReadonlySet<string>;
  /** A pay page told them that they had paid. */
  readonly paid: boolean;
  /** They were told that it is over without tickets, and not been refunded. */
  readonly cancelled: boolean;
  /** Somebody asked for it to be cancelled. */
  readonly cancelAsked: boolean;
  /** Ids of the tickets that somebody asked to be refunded. */
  readonly refundAsked: ReadonlySet<string>;
  /** The most that they were told had gone back, in minor units. */
  readonly refunded: number;
}

/** A purchase that was refused. */
export interface ObservedRefusal {
  readonly personId: string;
  readonly idempotencyKey: string;
  readonly code: string;
}

/** What clients were told, for the checker: the system is measured by its own words. */
export interface Observations {
  readonly orders: ReadonlyMap<string, ObservedOrder>;
  readonly refusals: readonly ObservedRefusal[];
  /** Every key that somebody placed an order with, by person. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** What contradicted what somebody had been told before. */
  readonly contradictions: readonly string[];
}
