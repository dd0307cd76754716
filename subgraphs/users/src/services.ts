import type { Outbox } from '@foyer/kafka';
import type { Clock, RateLimiter, Sealer, TokenSigner } from '@foyer/platform';
import type { Configuration } from './configuration.js';
import type { Passwords } from './passwords/createPasswords.js';
import type { Turns } from './passwords/createTurns.js';
import type { UsersDatabase } from './store/openUsersDatabase.js';

/** What accounts and organizations are made and changed with, tokens aside. */
export interface StoreServices {
  readonly database: UsersDatabase;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly configuration: Configuration;
}

/** What actions are done with. */
export interface Services extends StoreServices {
  readonly rateLimiter: RateLimiter;
  /** Signs access tokens. */
  readonly accessTokens: TokenSigner;
  /** Attempts on the same lock, one after the other. */
  readonly turns: Turns;
}
