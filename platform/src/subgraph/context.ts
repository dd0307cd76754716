import type { Clock } from '../clock/clock.js';
import type { Environment } from '../config/environment.js';
import type { Sealer } from '../crypto/sealer.js';
import type { HealthCheck } from '../health/health.js';
import type { Identity, SubgraphName } from '../identity/identity.js';
import type { IdentityVerifier } from '../identity/identityTokens.js';
import type { KeySet } from '../identity/keySet.js';
import type { Log } from '../log/createLog.js';
import type { Metrics } from '../metrics/metrics.js';
import type { PubSub } from '../pubsub/pubSub.js';
import type { RateLimiter } from '../rateLimiter/rateLimiter.js';
import type { SubgraphTransport } from '../transport/subgraphTransport.js';

/** What a process gives to a subgraph: the ports' adapters and whom to trust. */
export interface SubgraphContext {
  readonly environment: Environment;
  /** Development accepts more on 127.0.0.1: `_service` without identity, a person's own access token, test pages. */
  readonly development: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly sealer: Sealer;
  readonly rateLimiter: RateLimiter;
  readonly pubsub: PubSub;
  /** What rate limiter and pub/sub stand on: without it the process is degraded, and still ready. */
  readonly portChecks: Readonly<Record<string, HealthCheck>>;
  /** The process's; shown at `/metrics`. */
  readonly metrics: Metrics;
  /** Who may vouch for callers of this subgraph. */
  readonly identities: IdentityVerifier;
  /** Key sets by issuer: access tokens from users, admission tokens from the waiting room. */
  readonly keySets: { readonly users: KeySet; readonly waitroom: KeySet };
  /**
   * Whether a verified access token is of a session that has not ended, as users says. In development only: elsewhere the
   * gateway knows. @throws when users can't be asked.
   */
  readonly sessionLives: (token: string) => Promise<boolean>;
  /** The way to another subgraph's service-only operations. Only the orders saga takes it. */
  readonly transportTo: (subgraph: SubgraphName) => SubgraphTransport;
  /** Address under which people's browsers reach the subgraph with this name: pay pages, webhooks, mail links. */
  readonly publicUrl: (subgraph: SubgraphName | 'gateway') => string;
}

/** What every resolver gets besides its arguments. Subgraphs add their loaders. */
export interface RequestContext {
  readonly identity: Identity;
  readonly requestId: string;
  readonly log: Log;
  /** Aborted when the caller waits for the answer no longer; undefined for subscriptions. Only reads may heed it. */
  readonly signal?: AbortSignal | undefined;
}
