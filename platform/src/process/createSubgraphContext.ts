import type { Clock } from '../clock/clock.js';
import type { Environment } from '../config/environment.js';
import type { Sealer } from '../crypto/sealer.js';
import type { HealthCheck } from '../health/health.js';
import type { SubgraphName } from '../identity/identity.js';
import { createIdentityVerifier } from '../identity/identityTokens.js';
import { createKeySet, type Jwks } from '../identity/keySet.js';
import type { Log } from '../log/createLog.js';
import type { Metrics } from '../metrics/metrics.js';
import type { PubSub } from '../pubsub/pubSub.js';
import type { RateLimiter } from '../rateLimiter/rateLimiter.js';
import type { SubgraphContext } from '../subgraph/context.js';
import type { SubgraphTransport } from '../transport/subgraphTransport.js';
import { readTls } from '../tls/readTls.js';
import { checkTimeZones } from '../values/checkTimeZones.js';
import { publicUrlOf, urlsOf, type ProcessName } from './addresses.js';
import { sessionLives } from './sessionLives.js';

/** What a process has for its subgraphs, and the ways to the others. */
export interface SubgraphContextOptions {
  readonly name: SubgraphName;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Log;
  readonly sealer: Sealer;
  readonly rateLimiter: RateLimiter;
  readonly pubsub: PubSub;
  /** Checks of what these two stand on. */
  readonly portChecks: Readonly<Record<string, HealthCheck>>;
  readonly metrics: Metrics;
  /** Gets the published keys of another process. */
  readonly fetchKeys: (issuer: ProcessName) => Promise<Jwks>;
  readonly transportTo: (subgraph: SubgraphName) => SubgraphTransport;
}

/** Whether this is a development system: everything but `NODE_ENV=production`. */
export function isDevelopment(environment: Environment): boolean {
  return environment.optional('NODE_ENV') !== 'production';
}

/**
 * Whom a subgraph trusts, and what else it needs, from what its process has.
 * @throws ConfigurationError where the runtime's time zones are too old.
 */
export function createSubgraphContext(options: SubgraphContextOptions): SubgraphContext {
  checkTimeZones();
  const { name, environment, clock, log, fetchKeys, ...ports } = options;
  const keysOf = (issuer: ProcessName) => createKeySet(() => fetchKeys(issuer), clock);
  return {
    ...ports,
    environment,
    clock,
    log: log.child({ subgraph: name }),
    development: isDevelopment(environment),
    identities: createIdentityVerifier(name, { gateway: keysOf('gateway'), orders: keysOf('orders') }, clock),
    keySets: { users: keysOf('users'), waitroom: keysOf('waitroom') },
    // Users knows by itself whose session has ended.
    sessionLives: (token) =>
      name === 'users'
        ? Promise.resolve(true)
        : sessionLives(urlsOf(environment, 'users'), token, readTls(environment).client),
    publicUrl: (process) => publicUrlOf(environment, process),
  };
}
