import type { RedisOptions } from 'ioredis';
import type { RedisSettings } from './redisSettings.js';

/** A server that says nothing for so long, while it is asked, is taken for gone. */
const SILENCE_MS = 1000;
const CONNECT_TIMEOUT_MS = 2000;

/**
 * What every connection has. Nothing is queued while there is no connection, nothing is repeated: what could not be
 * asked at once is an outage to whoever asked.
 */
export function connectionOptions(settings: RedisSettings): RedisOptions {
  const { username, password, tls } = settings;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls && { tls: tls.ca === undefined ? {} : { ca: tls.ca } }),
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    disconnectTimeout: SILENCE_MS,
    disableClientInfo: true,
    keepAlive: 10_000,
    // A server that was the master until a moment ago: connect again, to the one that is.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
}

/** How the one server is found: by its address, or by asking the Sentinels. */
export function serverOptions(settings: RedisSettings): RedisOptions {
  const { mode, addresses, sentinelName, username, password, database, tls } = settings;
  if (mode !== 'sentinel') {
    const [first] = addresses;
    return { host: first?.host ?? '', port: first?.port ?? 0, db: database };
  }
  return {
    sentinels: [...addresses],
    name: sentinelName,
    db: database,
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    sentinelCommandTimeout: CONNECT_TIMEOUT_MS,
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: tls.ca === undefined ? {} : { ca: tls.ca } }),
  };
}
