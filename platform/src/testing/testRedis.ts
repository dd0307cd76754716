import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment } from '../config/environment.js';
import { createLog } from '../log/createLog.js';
import { openRedis, type OpenRedisOptions, type RedisConnections } from '../redis/openRedis.js';
import { readRedisSettings } from '../redis/redisSettings.js';
import { startRedisServer, type RedisServer, type RedisServerOptions } from '../redis/startRedisServer.js';

/** Silent, unless `TEST_LOG_LEVEL` says otherwise. */
export const testLog = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

/** Servers and connections of a test file, which end with it. */
export interface TestRedis {
  /** Starts a server in a folder of its own. */
  start(options?: Omit<RedisServerOptions, 'folder'>): Promise<RedisServer>;
  /** Opens connections by the variables. Patient, unless told otherwise: a test's machine may be busy. */
  open(variables: Readonly<Record<string, string>>, options?: OpenRedisOptions): Promise<RedisConnections>;
  /** A folder that is removed at the end. */
  folder(): string;
  /** Closes the connections. */
  closeAll(): Promise<void>;
  /** Closes the connections, stops the servers. */
  end(): Promise<void>;
}

/** Makes it; registers nothing by itself. */
export function createTestRedis(): TestRedis {
  const folders: string[] = [];
  const servers: RedisServer[] = [];
  const opened: RedisConnections[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'foyer-redis-'));
    folders.push(made);
    return made;
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((redis) => redis.close()));
  };
  return {
    folder,
    closeAll,
    async start(options = {}) {
      const server = await startRedisServer({ ...options, folder: folder() });
      servers.push(server);
      return server;
    },
    async open(variables, options = { timeoutMs: 10_000 }) {
      const settings = readRedisSettings(new Environment(variables));
      if (!settings) throw new Error('REDIS_URL is not among the variables');
      const redis = await openRedis(settings, testLog, options);
      opened.push(redis);
      return redis;
    },
    async end() {
      await closeAll();
      await Promise.all(servers.map((server) => server.kill()));
      for (const each of folders) rmSync(each, { recursive: true, force: true });
    },
  };
}
