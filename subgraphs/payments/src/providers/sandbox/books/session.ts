/** A payment in SANDBOX's own books. */
export interface SandboxSession {
  /** In the address of the pay page. */
  readonly id: string;
  /** The merchant's id of it. */
  readonly reference: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly description: string;
  readonly expiresAt: Date;
  readonly status: 'OPEN' | 'PAID' | 'DECLINED' | 'CLOSED';
  /** Whether its time is over, by the database's clock, whether or not it was swept. */
  readonly late: boolean;
  /** Seconds until then; 0 when late. */
  readonly secondsLeft: number;
}

/** A session as SQL gives it. */
export const SESSION_COLUMNS = `id, reference, amount, currency, description, expires_at as "expiresAt", status,
  expires_at <= foyer_now() as late,
  greatest(0, ceil(extract(epoch from expires_at - foyer_now())))::int as "secondsLeft"`;
