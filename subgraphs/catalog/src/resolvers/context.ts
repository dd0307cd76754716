import type { Clock, RequestContext } from '@foyer/platform';
import type DataLoader from 'dataloader';
import type { EventListing } from '../domain/event.js';
import type { ApprovalPolicy } from '../domain/needsApproval.js';
import type { CatalogStore } from '../store/catalogStore.js';

/** What the resolvers stand on. */
export interface CatalogServices {
  readonly store: CatalogStore;
  readonly clock: Clock;
  readonly approval: ApprovalPolicy;
}

/** What every resolver of the catalog gets. */
export interface CatalogContext extends RequestContext {
  /** Events by id, read together; null for what does not exist. */
  readonly events: DataLoader<string, EventListing | null>;
}
