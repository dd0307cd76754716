import type { EventBus } from '@foyer/kafka';
import {
  ACCESS_TOKEN,
  createIdentitySigner,
  createKeySet,
  createTokenVerifier,
  hostOf,
  portOf,
  type Clock,
  type Environment,
  type Jwks,
  type Log,
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
  /** Gets the published keys of whoever issues access tokens. */
  readonly fetchAccessKeys: () => Promise<Jwks>;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
}

/** A gateway that listens. */
export interface RunningGateway {
  readonly gateway: Gateway;
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a gateway on what its process has, tuned by the environment (`optionsFromEnvironment`), at `FOYER_HOST` and
 * `GATEWAY_PORT`. `USERS_ACCESS_TOKEN_SECONDS` says how far back ended sessions matter.
 * @throws what could not be started; what was, is stopped.
 */
export async function startGateway(parts: GatewayParts): Promise<RunningGateway> {
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
    clock,
    log: log.child({ part: 'gateway' }),
    healthChecks: { bus: () => bus.health(), keys: () => keys.check() },
  });
  const stop = async (): Promise<void> => {
    await gateway.stop();
    await endedSessions.stop();
  };
  try {
    await endedSessions.start();
    await gateway.start();
    return { gateway, url: await gateway.listen(hostOf(environment), portOf(environment, 'gateway')), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
