import {
  createKeyring,
  createPool,
  type Clock,
  type Environment,
  type Keyring,
  type Sealer,
} from '@foyer/platform';

/** The key pairs with which the gateway vouches for people, in its own database. */
export interface GatewayKeys {
  readonly keyring: Keyring;
  /** Resolves when the database answers. */
  check(): Promise<unknown>;
  close(): Promise<void>;
}

/** An identity lives for a minute; the rest is room for clocks and restarts. */
const KEEP_MS = 3_600_000;

/** Opens the keys in `GATEWAY_DATABASE_URL`. Subgraphs verify by them, so they are there before the gateway is. */
export function openGatewayKeys(environment: Environment, sealer: Sealer, clock: Clock): GatewayKeys {
  const url = environment.postgresUrl('GATEWAY_DATABASE_URL');
  const pool = createPool(url, { max: 2, applicationName: 'foyer-gateway' });
  return {
    keyring: createKeyring({ purpose: 'identity', pool, sealer, clock, keepMs: KEEP_MS }),
    check: () => pool.query('select 1'),
    close: () => pool.end(),
  };
}
