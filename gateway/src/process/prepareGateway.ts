import type { EventBus } from '@foyer/kafka';
import {
  ACCESS_TOKEN,
  createIdentitySigner,
  createKeySet,
  createTokenVerifier,
  type Cache,
  type Clock,
  type Environment,
  type HealthCheck,
  type Jwks,
  type Log,
  type Metrics,
  type RateLimiter,
  type SubgraphTransport,
} from '@foyer/platform';
import { optionsFromEnvironment } from '../config/optionsFromEnvironment.js';
import { createGateway, type Gateway } from '../createGateway.js';
import { followEndedSessions } from '../sessions/followEndedSessions.js';
import type { GatewayKeys } from './openGatewayKeys.js';

/** What a process gives its gateway. */
export interface GatewayParts {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Log;
  readonly supergraphSdl: string;
  readonly bus: EventBus;
  readonly keys: GatewayKeys;
  readonly cache: Cache;
  readonly rateLimiter: RateLimiter;
  /** What the process's ports stand on; the gateway can do without. */
  readonly portChecks: Readonly<Record<string, HealthCheck>>;
  readonly metrics: Metrics;
  /** Gets the published keys of whoever issues access tokens. */
  readonly fetchAccessKeys: () => Promise<Jwks>;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
}

/** A gateway and what it follows, made and not started. */
export interface PreparedGateway {
  readonly gateway: Gateway;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes a gateway of what its process has, tuned by the environment (`optionsFromEnvironment`).
 * `USERS_ACCESS_TOKEN_SECONDS` says how far back ended sessions matter.
 */
export function prepareGateway(parts: GatewayParts): PreparedGateway {
  const { environment, clock, log, supergraphSdl, bus, keys, fetchAccessKeys, transports } = parts;
  const tokenLifetimeMs = environment.integer('USERS_ACCESS_TOKEN_SECONDS', 600, { minimum: 1 }) * 1000;
  const endedSessions = followEndedSessions(bus, clock, tokenLifetimeMs);
  const gateway = createGateway({
    ...optionsFromEnvironment(environment),
    supergraphSdl,
    transports,
    accessTokens: createTokenVerifier(ACCESS_TOKEN, createKeySet(fetchAccessKeys, clock), clock),
    identitySigner: createIdentitySigner('gateway', keys.keyring, clock),
    jwks: () => keys.keyring.jwks(),
    endedSessions,
    cache: parts.cache,
    rateLimiter: parts.rateLimiter,
    metrics: parts.metrics,
    clock,
    log: log.child({ part: 'gateway' }),
    healthChecks: { bus: () => bus.health(), keys: () => keys.check(), ...parts.portChecks },
  });
  return {
    gateway,
    async start() {
      await endedSessions.start();
      await gateway.start();
    },
    async stop() {
      await gateway.stop();
      await endedSessions.stop();
    },
  };
}
