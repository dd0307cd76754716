import type { GuestIdentity, UserIdentity } from '@foyer/platform';

/** Who is asking, as the gateway found out. */
export interface Caller {
  readonly identity: UserIdentity | GuestIdentity;
  /** When the shown token ends, in milliseconds since 1970; null for a guest. */
  readonly expiresAt: number | null;
}
