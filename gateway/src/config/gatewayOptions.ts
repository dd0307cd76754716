import type {
  Cache,
  Clock,
  HealthCheck,
  Jwks,
  Log,
  Metrics,
  RateLimiter,
  SubgraphTransport,
  TokenVerifier,
} from '@foyer/platform';
import type { PolicyDecision } from '../authorization/requirement.js';
import type { SubgraphIdentitySigner } from '../execution/createSubgraphSource.js';
import type { FairShareOptions } from '../limits/createFairShare.js';
import type { Limits } from '../limits/limits.js';
import type { RequestLimits } from '../rateLimits/requestLimits.js';
import type { EndedSessions } from '../sessions/endedSessions.js';
import type { SubscriptionLimits } from '../subscriptions/createSubscriptionServer.js';

/** What a gateway is made of. */
export interface GatewayOptions {
  /** Any Federation 2 supergraph. */
  readonly supergraphSdl: string;
  /** The way to each of its subgraphs, by name. They stay the giver's to close. */
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  /** Verifies people's access tokens. */
  readonly accessTokens: TokenVerifier;
  /** Signs who is asking, for one subgraph at a time. */
  readonly identitySigner: SubgraphIdentitySigner;
  /** The public keys to what `identitySigner` signs; published. */
  readonly jwks: () => Promise<Jwks>;
  /** Sessions that are over before their tokens. Started and stopped by the giver. */
  readonly endedSessions: EndedSessions;
  /** Keeps what clients registered by automatic persisted queries; shared by the gateways that share it. */
  readonly cache: Cache;
  /** The process's; shown at `/metrics`. */
  readonly metrics: Metrics;
  /** Operations that metrics always name; of others the first 200. */
  readonly operationNames?: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** Shows the schema to clients, serves consoles for browsers, lets in Apollo Studio and pages of this machine. */
  readonly development: boolean;
  /** What the gateway can't do without, besides subgraphs; for `/health/ready`. */
  readonly healthChecks?: Readonly<Record<string, HealthCheck>>;
  /** Origins of front ends that browsers may ask from: `https://shop.example`. Default none. */
  readonly origins?: readonly string[];
  /** Proxies of ours before the gateway; their `X-Forwarded-For` is believed. Default 0. */
  readonly trustedProxies?: number;
  /** Time for an answer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** Counts requests; shared by the gateways that share it. */
  readonly rateLimiter: RateLimiter;
  /** How often people and guests may ask. */
  readonly requestLimits?: Partial<RequestLimits>;
  /** Time for a request to come in whole, in milliseconds. Default 10,000. */
  readonly requestMs?: number;
  /** What an operation may ask for. */
  readonly limits?: Partial<Limits>;
  /**
   * What an operation may cost, by the supergraph's `@cost` and `@listSize`. Default null: costs are measured only, for
   * what is dear depends on the graph.
   */
  readonly maxCost?: number | null;
  /** How much runs at once, and how it is divided among callers. */
  readonly fairShare?: Partial<FairShareOptions>;
  readonly subscriptions?: Partial<SubscriptionLimits> & {
    /** Waits before each attempt to take up a subgraph's lost subscription, in milliseconds. */
    readonly resumeDelaysMs?: readonly number[];
  };
  /** Decides the policies of `@policy`. Default: none holds. */
  readonly policy?: PolicyDecision;
}

/** What subscriptions may have when nothing else is said; graceMs: a minute after a token's expiry. */
export const DEFAULT_SUBSCRIPTION_LIMITS: SubscriptionLimits = {
  perSocket: 30,
  socketsPerAddress: 1000,
  graceMs: 60_000,
};

/** Five attempts within some six seconds. */
export const DEFAULT_RESUME_DELAYS_MS: readonly number[] = [200, 400, 800, 1600, 3200];

/** Time for an answer, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** A few of the dearest operations that Foyer takes, or some hundred ordinary ones. */
export const DEFAULT_FAIR_SHARE: FairShareOptions = { capacity: 20_000, waiting: 100 };
