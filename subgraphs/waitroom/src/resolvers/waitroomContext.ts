import type { Clock, RateLimiter, RequestContext, TokenSigner } from '@foyer/platform';
import type DataLoader from 'dataloader';
import type { WaitroomConfiguration } from '../configuration.js';
import type { Queue } from '../domain/queue.js';
import type { Joiner } from '../joining/createJoiner.js';
import type { LineFollower } from '../line/createLineFollower.js';
import type { PositionFeed } from '../line/createPositionFeed.js';
import type { Presence } from '../presence/createPresence.js';
import type { Store } from '../store/createStore.js';

/** What the resolvers stand on; the same for all requests. */
export interface WaitroomServices {
  readonly store: Store;
  readonly joiner: Joiner;
  readonly follower: LineFollower;
  readonly feed: PositionFeed;
  readonly presence: Presence;
  readonly admissions: TokenSigner;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
  readonly configuration: WaitroomConfiguration;
}

/** What every resolver gets besides its arguments. */
export interface WaitroomContext extends RequestContext, WaitroomServices {
  /** Queues by event; null for an event without one. */
  readonly queues: DataLoader<string, Queue | null>;
}
