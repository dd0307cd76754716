import { readFileSync } from 'node:fs';
import { ConfigurationError, type Environment } from '../config/environment.js';

/** How the addresses in `REDIS_URL` are meant. */
export type RedisMode = 'single' | 'cluster' | 'sentinel';

/** A host and its port. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is and how to speak with it. */
export interface RedisSettings {
  readonly mode: RedisMode;
  /** One server; some nodes of the Cluster; the Sentinels. At least one. */
  readonly addresses: readonly RedisAddress[];
  /** What the Sentinels call the server; empty in other modes. */
  readonly sentinelName: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** Null without TLS. `ca` in PEM; undefined trusts the certificate authorities that Node does. */
  readonly tls: { readonly ca: string | undefined } | null;
  /** Before every key and channel. */
  readonly prefix: string;
}

const DEFAULT_PORTS: Readonly<Record<RedisMode, number>> = { single: 6379, cluster: 6379, sentinel: 26_379 };

/**
 * Reads `REDIS_URL` (several by commas are a Cluster's nodes or Sentinels), `REDIS_MODE`, `REDIS_SENTINEL_NAME`,
 * `REDIS_PREFIX` and `REDIS_TLS_CA`.
 * @returns null when `REDIS_URL` is not set: there is no Redis.
 * @throws ConfigurationError for what can't be used or does not go together.
 */
export function readRedisSettings(environment: Environment): RedisSettings | null {
  const text = environment.optional('REDIS_URL');
  if (text === undefined) return null;
  const mode = environment.choice<RedisMode>('REDIS_MODE', ['single', 'cluster', 'sentinel'], 'single');
  const urls = text.split(',').map((each) => parseUrl(each.trim()));
  const [first] = urls as [URL];
  for (const part of ['protocol', 'username', 'password', 'pathname'] as const) {
    if (urls.some((url) => url[part] !== first[part])) {
      throw new ConfigurationError(
        'REDIS_URL: all addresses must have the same scheme, user, password and database.',
      );
    }
  }
  if (mode === 'single' && urls.length > 1) {
    throw new ConfigurationError(
      'REDIS_URL names several addresses: set REDIS_MODE to cluster or sentinel, or name one.',
    );
  }
  const database = databaseOf(first);
  if (mode === 'cluster' && database !== 0) {
    throw new ConfigurationError('REDIS_URL: a Cluster has the database 0 only.');
  }
  const sentinelName = environment.optional('REDIS_SENTINEL_NAME');
  if (mode === 'sentinel' && sentinelName === undefined) {
    throw new ConfigurationError(
      'REDIS_SENTINEL_NAME is not set: with REDIS_MODE=sentinel it says what the Sentinels call the server.',
    );
  }
  return {
    mode,
    addresses: urls.map((url) => ({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? DEFAULT_PORTS[mode] : Number(url.port),
    })),
    sentinelName: sentinelName ?? '',
    username: first.username === '' ? undefined : decodeURIComponent(first.username),
    password: first.password === '' ? undefined : decodeURIComponent(first.password),
    database,
    tls: readTls(environment, first.protocol === 'rediss:'),
    prefix: environment.text('REDIS_PREFIX', 'foyer:'),
  };
}

/** The password stays out of the message. */
function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new ConfigurationError(
      'REDIS_URL: each address must look like redis://host:6379, or rediss://user:password@host:6380/0 with TLS.',
    );
  }
  return url;
}

function databaseOf({ pathname }: URL): number {
  const digits = /^\/?(\d{0,4})$/.exec(pathname)?.[1];
  if (digits === undefined) {
    throw new ConfigurationError(`REDIS_URL: ${pathname} is no number of a database, as /0 is.`);
  }
  return Number(digits);
}

function readTls(environment: Environment, encrypted: boolean): RedisSettings['tls'] {
  const file = environment.optional('REDIS_TLS_CA');
  if (!encrypted) {
    if (file === undefined) return null;
    throw new ConfigurationError('REDIS_TLS_CA is set, but REDIS_URL is not encrypted: make it rediss://.');
  }
  if (file === undefined) return { ca: undefined };
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch (cause) {
    throw new ConfigurationError(`REDIS_TLS_CA=${file}: can not be read (${(cause as Error).message}).`, {
      cause,
    });
  }
}
