import { isDevelopment, requestTimeout, type Environment } from '@foyer/platform';
import { MAX_COST } from '@foyer/schema';
import { DEFAULT_LIMITS } from '../limits/limits.js';
import { DEFAULT_REQUEST_LIMITS } from '../rateLimits/requestLimits.js';
import {
  DEFAULT_FAIR_SHARE,
  DEFAULT_SUBSCRIPTION_LIMITS,
  DEFAULT_TIMEOUT_MS,
  type GatewayOptions,
} from './gatewayOptions.js';

/** The options of a gateway that an operator sets. */
export type TunableOptions = Required<
  Pick<
    GatewayOptions,
    | 'development'
    | 'origins'
    | 'trustedProxies'
    | 'timeoutMs'
    | 'requestMs'
    | 'requestLimits'
    | 'limits'
    | 'maxCost'
    | 'fairShare'
    | 'operationNames'
    | 'subscriptions'
  >
>;

/**
 * Reads the options that an operator sets: `FOYER_ORIGINS` (separated by commas), `GATEWAY_TRUSTED_PROXIES`,
 * `GATEWAY_TIMEOUT_MS`, `FOYER_REQUEST_TIMEOUT_MS`, `GATEWAY_MAX_TOKENS`, `…_DEPTH`, `…_ALIASES`, `…_ROOT_FIELDS`, `…_FIELDS`,
 * `GATEWAY_GUEST_PER_MINUTE`, `GATEWAY_PERSON_PER_MINUTE`, `GATEWAY_NETWORK_PER_MINUTE`,
 * `GATEWAY_MAX_COST` (0: measured only; the bound of Foyer's schema is the default with Foyer's graph, 0 with another),
 * `GATEWAY_COST_AT_ONCE`, `GATEWAY_OPERATION_NAMES` (separated by commas),
 * `GATEWAY_SUBSCRIPTIONS_PER_SOCKET`, `GATEWAY_SOCKETS_PER_ADDRESS`, `GATEWAY_TOKEN_GRACE_SECONDS`.
 * @throws ConfigurationError for a value that can't be used.
 */
export function optionsFromEnvironment(environment: Environment): TunableOptions {
  const atLeastOne = (name: string, fallback: number): number =>
    environment.integer(name, fallback, { minimum: 1 });
  const { guestPerMinute, personPerMinute, networkPerMinute } = DEFAULT_REQUEST_LIMITS;
  const ownGraph = environment.optional('GATEWAY_SUPERGRAPH') === undefined;
  const { perSocket, socketsPerAddress, graceMs } = DEFAULT_SUBSCRIPTION_LIMITS;
  return {
    development: isDevelopment(environment),
    origins: readOrigins(environment),
    trustedProxies: environment.integer('GATEWAY_TRUSTED_PROXIES', 0, { maximum: 10 }),
    timeoutMs: atLeastOne('GATEWAY_TIMEOUT_MS', DEFAULT_TIMEOUT_MS),
    requestLimits: {
      guestPerMinute: environment.integer('GATEWAY_GUEST_PER_MINUTE', guestPerMinute),
      personPerMinute: environment.integer('GATEWAY_PERSON_PER_MINUTE', personPerMinute),
      networkPerMinute: environment.integer('GATEWAY_NETWORK_PER_MINUTE', networkPerMinute),
    },
    requestMs: requestTimeout(environment),
    limits: {
      tokens: atLeastOne('GATEWAY_MAX_TOKENS', DEFAULT_LIMITS.tokens),
      depth: atLeastOne('GATEWAY_MAX_DEPTH', DEFAULT_LIMITS.depth),
      aliases: atLeastOne('GATEWAY_MAX_ALIASES', DEFAULT_LIMITS.aliases),
      rootFields: atLeastOne('GATEWAY_MAX_ROOT_FIELDS', DEFAULT_LIMITS.rootFields),
      fields: atLeastOne('GATEWAY_MAX_FIELDS', DEFAULT_LIMITS.fields),
    },
    maxCost: environment.integer('GATEWAY_MAX_COST', ownGraph ? MAX_COST : 0) || null,
    fairShare: {
      ...DEFAULT_FAIR_SHARE,
      capacity: atLeastOne('GATEWAY_COST_AT_ONCE', DEFAULT_FAIR_SHARE.capacity),
    },
    operationNames: listOf(environment, 'GATEWAY_OPERATION_NAMES'),
    subscriptions: {
      perSocket: atLeastOne('GATEWAY_SUBSCRIPTIONS_PER_SOCKET', perSocket),
      socketsPerAddress: atLeastOne('GATEWAY_SOCKETS_PER_ADDRESS', socketsPerAddress),
      graceMs: environment.integer('GATEWAY_TOKEN_GRACE_SECONDS', graceMs / 1000) * 1000,
    },
  };
}

function readOrigins(environment: Environment): readonly string[] {
  const origins = listOf(environment, 'FOYER_ORIGINS');
  // Browsers send neither path nor slash: an origin with one would never match.
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong === undefined) return origins;
  return environment.refuse(`FOYER_ORIGINS: ${wrong} is no origin, as https://shop.example is.`, []);
}

/** Texts separated by commas. */
function listOf(environment: Environment, name: string): readonly string[] {
  return (environment.optional(name) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
