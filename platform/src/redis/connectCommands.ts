import { Cluster, Redis } from 'ioredis';
import { connectionOptions, serverOptions } from './connectionOptions.js';
import type { RedisSettings } from './redisSettings.js';

/** A connection for commands, which finds its way back by itself. */
export type RedisCommands = Redis | Cluster;

/** The wait before the next attempt to connect, in milliseconds. */
function retryDelay(attempts: number): number {
  return Math.min(50 * attempts, 1000);
}

/** Makes the connection for commands. Not yet connected. */
export function connectCommands(settings: RedisSettings): RedisCommands {
  const shared = connectionOptions(settings);
  if (settings.mode === 'cluster') {
    const { lazyConnect, enableOfflineQueue, ...redisOptions } = shared;
    return new Cluster([...settings.addresses], {
      lazyConnect,
      enableOfflineQueue,
      redisOptions,
      clusterRetryStrategy: retryDelay,
      // Certificates are for names; a resolved address would not fit.
      dnsLookup: (address, callback) => {
        callback(null, address);
      },
      slotsRefreshTimeout: 2000,
      retryDelayOnFailover: 50,
      // A command that was redirected so often has long been given up by whoever asked.
      maxRedirections: 5,
    });
  }
  return new Redis({
    ...shared,
    ...serverOptions(settings),
    retryStrategy: retryDelay,
    sentinelRetryStrategy: retryDelay,
  });
}
