import type { PersonCopy } from '@foyer/kafka';
import type { Clock, RequestContext } from '@foyer/platform';
import type DataLoader from 'dataloader';
import type { EventListing } from '../domain/event.js';
import type { ApprovalPolicy } from '../domain/needsApproval.js';
import type { Restaurant } from '../domain/restaurants/restaurant.js';
import type { CatalogStore } from '../store/catalogStore.js';
import type { RestaurantStore } from '../store/restaurants/createRestaurantStore.js';
import type { ReviewStore } from '../store/restaurants/createReviewStore.js';

/** What the resolvers stand on. */
export interface CatalogServices {
  readonly store: CatalogStore;
  readonly restaurants: RestaurantStore;
  readonly reviews: ReviewStore;
  readonly clock: Clock;
  readonly approval: ApprovalPolicy;
}

/** What every resolver of the catalog gets. */
export interface CatalogContext extends RequestContext {
  /** Events by id, read together; null for what does not exist. */
  readonly events: DataLoader<string, EventListing | null>;
  /** Restaurants by id, read together; null for what does not exist. */
  readonly restaurants: DataLoader<string, Restaurant | null>;
  /** People by id, as the copy knows them; null for whom it does not know. */
  readonly people: DataLoader<string, PersonCopy | null>;
}
