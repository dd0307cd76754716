import type { Clock, RateLimiter, TokenVerifier } from '@foyer/platform';
import type { Configuration } from '../configuration.js';
import type { SagaRunner } from '../saga/createSagaRunner.js';
import type { GuestBook } from '../guests/createGuestBook.js';
import type { InventoryPort } from '../inventory/inventoryPort.js';
import type { Store } from '../store/openStore.js';
import type { TicketCodes } from '../tickets/createTicketCodes.js';

/** What the operations work with. */
export interface Services {
  readonly store: Store;
  readonly runner: SagaRunner;
  readonly codes: TicketCodes;
  /** Verifies admission tokens with the waiting room's keys. */
  readonly admissions: TokenVerifier;
  readonly guests: GuestBook;
  /** Asked directly where no order is concerned. */
  readonly inventory: Pick<InventoryPort, 'leaveWaitlist'>;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
  readonly configuration: Configuration;
}
