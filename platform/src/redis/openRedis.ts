import { Cluster, Redis } from 'ioredis';
import type { ConfigurationError } from '../config/environment.js';
import { describeError } from '../health/describeError.js';
import { Degraded } from '../health/health.js';
import type { Log } from '../log/createLog.js';
import { settleAll } from '../scheduler/settleAll.js';
import { connectCommands, type RedisCommands } from './connectCommands.js';
import { connectionOptions, serverOptions } from './connectionOptions.js';
import { createConnectionStates } from './connectionStates.js';
import { createAsk, type AskRedis } from './createAsk.js';
import { createLink, type Link, type LinkOptions } from './createLink.js';
import type { RedisSettings } from './redisSettings.js';
import { reasonOf } from './reasonOf.js';
import { wrongConfiguration } from './wrongConfiguration.js';

/** A process's connections to Redis. */
export interface RedisConnections {
  /** Before every key and channel. */
  readonly prefix: string;
  readonly commands: RedisCommands;
  readonly ask: AskRedis;
  /** Makes a connection of its own to one server (in a Cluster: to any node), which is made anew when it ends. */
  link(options: Pick<LinkOptions, 'name' | 'onUp'>): Link;
  /** By connection: null when it stands, else why it does not. */
  readonly reasons: ReadonlyMap<string, string | null>;
  /** Resolves when Redis answers and all connections stand, rejects with `Degraded`: nothing that matters needs it. */
  check(): Promise<void>;
  /** Closes all of them, links too. */
  close(): Promise<void>;
}

/** Tunes the connections. */
export interface OpenRedisOptions {
  /** How long an answer may take before whoever asked goes on without, in milliseconds. Default 200. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 200;
/** How long the start looks whether Redis lets us in; afterwards it is waited for beside the work. */
const START_MS = 2000;
const COMMANDS = 'commands';
const ENDED = 'the connection ended';

/**
 * Opens the connections. A Redis that is not there is waited for in the background, with a line in the log: nothing
 * that matters needs it.
 * @throws ConfigurationError when it is there and turns us away: password, certificate, mode.
 */
export async function openRedis(
  settings: RedisSettings,
  log: Log,
  { timeoutMs = TIMEOUT_MS }: OpenRedisOptions = {},
): Promise<RedisConnections> {
  const where = settings.addresses.map(({ host, port }) => `${host}:${port}`).join(', ');
  const states = createConnectionStates(where, log);
  states.add(COMMANDS);
  const commands = connectCommands(settings);
  const links: Link[] = [];
  const ask = createAsk(commands, timeoutMs);
  let reason = 'not connected yet';
  commands.on('error', (error: Error) => {
    reason = reasonOf(error) ?? reason;
    if (commands.status !== 'ready') states.down(COMMANDS, reason);
  });
  commands.on('ready', () => {
    reason = ENDED;
    states.up(COMMANDS);
  });
  commands.on('close', () => {
    if (commands.status !== 'end') states.down(COMMANDS, reason);
    reason = ENDED;
  });
  const close = async (): Promise<void> => {
    await settleAll(links.map((link) => link.close())).finally(() => {
      commands.disconnect();
    });
  };
  const refused = await firstRefusal(commands, where);
  if (refused) {
    await close();
    throw refused;
  }

  const connect = (name: string): Redis => {
    const nodes = commands instanceof Cluster ? commands.nodes('all').map(({ options }) => options) : [];
    const node = nodes[Math.floor(Math.random() * nodes.length)];
    return new Redis({
      ...connectionOptions(settings),
      ...(node ? { host: node.host ?? '', port: node.port ?? 0 } : serverOptions(settings)),
      // Seen in CLIENT LIST.
      connectionName: `foyer-${name}`,
      retryStrategy: () => null,
      sentinelRetryStrategy: () => null,
    });
  };
  return {
    prefix: settings.prefix,
    commands,
    ask,
    link(options) {
      const link = createLink({ ...options, states, connect: () => connect(options.name) });
      links.push(link);
      return link;
    },
    reasons: states.reasons,
    async check() {
      const broken = [...states.reasons].find(([, why]) => why !== null);
      if (broken) throw new Degraded(`Redis at ${where} (${broken[0]}): ${broken[1]}`);
      await ask((redis) => redis.ping()).catch((error: unknown) => {
        throw new Degraded(`Redis at ${where}: ${describeError(error)}`);
      });
    },
    close,
  };
}

/** Connects, and waits a while for the outcome. @returns why we were turned away, null when we were not. */
async function firstRefusal(commands: RedisCommands, where: string): Promise<ConfigurationError | null> {
  return await new Promise((resolve) => {
    const settle = (refusal: ConfigurationError | null): void => {
      clearTimeout(timer);
      commands.off('error', onError);
      resolve(refusal);
    };
    const onError = (error: Error): void => settle(wrongConfiguration(error, where));
    const timer = setTimeout(settle, START_MS, null);
    commands.on('error', onError);
    commands
      .connect()
      .then(() => commands.info('cluster'))
      .then(
        (info) => settle(commands instanceof Redis ? wrongConfiguration(new Error(info), where) : null),
        // Said by an error event; it is tried again and again.
        () => undefined,
      );
  });
}
