import { createGateway, followEndedSessions, type Gateway } from '@foyer/gateway';
import type { EventBus } from '@foyer/kafka';
import {
  ACCESS_TOKEN,
  createIdentitySigner,
  createKeyring,
  createKeySet,
  createPool,
  createTokenVerifier,
  hostOf,
  isDevelopment,
  portOf,
  SUBGRAPH_NAMES,
  type Clock,
  type Environment,
  type Jwks,
  type Keyring,
  type Log,
  type ProcessName,
  type Sealer,
  type SubgraphName,
  type SubgraphTransport,
} from '@foyer/platform';
import { databaseUrlVariable } from '@foyer/prisma';
import { readSupergraph } from '@foyer/schema';

/** What the gateway of a one-process system is made from. */
export interface GatewayParts {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Log;
  readonly bus: EventBus;
  /** The gateway's own keys; see `openGatewayKeys`. */
  readonly keys: GatewayKeys;
  readonly fetchKeys: (issuer: ProcessName) => Promise<Jwks>;
  readonly transportTo: (subgraph: SubgraphName) => SubgraphTransport;
}

/** A gateway that listens. */
export interface RunningGateway {
  readonly gateway: Gateway;
  readonly url: string;
  stop(): Promise<void>;
}

/** The key pairs with which the gateway vouches for people, in its own database. */
export interface GatewayKeys {
  readonly keyring: Keyring;
  check(): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the gateway's keys. Subgraphs verify with them, so they are there before the gateway is. */
export function openGatewayKeys(environment: Environment, sealer: Sealer, clock: Clock): GatewayKeys {
  const pool = createPool(environment.text(databaseUrlVariable('gateway')), { max: 2, applicationName: 'foyer-gateway' });
  return {
    // An identity lives for a minute; the rest is room for clocks and restarts.
    keyring: createKeyring({ purpose: 'identity', pool, sealer, clock, keepMs: 3_600_000 }),
    check: () => pool.query('select 1'),
    close: () => pool.end(),
  };
}

/** Starts the gateway over the subgraphs of this process. */
export async function startGateway(parts: GatewayParts): Promise<RunningGateway> {
  const { environment, clock, log, bus, keys, fetchKeys, transportTo } = parts;
  const tokenLifetimeMs = environment.integer('USERS_ACCESS_TOKEN_SECONDS', 600, { minimum: 1 }) * 1000;
  const endedSessions = followEndedSessions(bus, clock, tokenLifetimeMs);
  const gateway = createGateway({
    supergraphSdl: readSupergraph(),
    transports: Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, transportTo(name)])),
    accessTokens: createTokenVerifier(ACCESS_TOKEN, createKeySet(() => fetchKeys('users'), clock), clock),
    identitySigner: createIdentitySigner('gateway', keys.keyring, clock),
    jwks: () => keys.keyring.jwks(),
    endedSessions,
    clock,
    log: log.child({ part: 'gateway' }),
    development: isDevelopment(environment),
    origins: (environment.optional('FOYER_ORIGINS') ?? '').split(',').filter((origin) => origin !== ''),
    healthChecks: { bus: () => bus.health(), keys: () => keys.check() },
  });
  await endedSessions.start();
  await gateway.start();
  const url = await gateway.listen(hostOf(environment), portOf(environment, 'gateway'));
  return {
    gateway,
    url,
    async stop() {
      await gateway.stop();
      await endedSessions.stop();
    },
  };
}
