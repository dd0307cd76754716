import type { Queryable } from '@foyer/kafka';
import type { RequestContext } from '@foyer/platform';
import type DataLoader from 'dataloader';
import type { Availability } from '../availability/createAvailability.js';
import type { ListingView } from '../domain/listingView.js';
import type { Rules } from '../domain/rules.js';
import type { DayContent } from '../domain/tables/dayContent.js';
import type { DayReader } from '../store/createDayReader.js';
import type { HoldStore } from '../store/createHoldStore.js';
import type { OfferStore } from '../store/createOfferStore.js';
import type { TableReader } from '../store/createTableReader.js';
import type { Drift } from '../store/reconcile.js';
import type { AccessCodeGuard } from './createAccessCodeGuard.js';

/** What the resolvers stand on. */
export interface InventoryServices {
  readonly holds: HoldStore;
  readonly offers: OfferStore;
  readonly availability: Availability<ListingView>;
  /** Days of restaurants, by their keys. */
  readonly dayAvailability: Availability<DayContent>;
  readonly days: DayReader;
  readonly tables: TableReader;
  readonly rules: Rules;
  /** Counts wrong access codes. */
  readonly guard: AccessCodeGuard;
  /** Where the copies of memberships are. */
  readonly copies: Queryable;
  /** The listings of these offers; null for an offer that does not exist. */
  readonly listingsOf: (offerIds: readonly string[]) => Promise<readonly (string | null)[]>;
  readonly reconcile: () => Promise<readonly Drift[]>;
}

/** What every resolver of the inventory gets. */
export interface InventoryContext extends RequestContext {
  /** Listings by id, read together; null for what does not exist. */
  readonly listings: DataLoader<string, ListingView | null>;
}
