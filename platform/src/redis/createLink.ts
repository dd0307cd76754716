import type { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError } from '../health/describeError.js';
import type { ConnectionStates } from './connectionStates.js';
import { reasonOf } from './reasonOf.js';

/** A connection to one server that is made anew whenever it ends. */
export interface Link {
  /** Ends it for good. */
  close(): Promise<void>;
}

/** What a link is made of. */
export interface LinkOptions {
  /** Names it in states and logs. */
  readonly name: string;
  readonly states: ConnectionStates;
  /** Makes a connection, not yet connected, that does not reconnect by itself; each time to whoever serves now. */
  readonly connect: () => Redis;
  /** Called with each connection that stands; the link is up when this has resolved. A rejection ends the connection. */
  readonly onUp: (redis: Redis) => Promise<void>;
}

/** How often the server is asked whether it is there; it must answer within `socketTimeout`. */
const PING_MS = 2000;
const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 1000;

/** Makes a link and begins to connect. */
export function createLink({ name, states, connect, onUp }: LinkOptions): Link {
  const closing = new AbortController();
  let current: Redis | null = null;
  let wait = FIRST_DELAY_MS;

  const serve = async (): Promise<string> => {
    const connection = connect();
    let reason: string | null = null;
    connection.on('error', (error: Error) => {
      reason = reasonOf(error) ?? reason;
    });
    const ended = new Promise<void>((resolve) => connection.once('end', resolve));
    current = connection;
    const pinging = setInterval(() => {
      // An unanswered one ends the connection by its `socketTimeout`.
      connection.ping().catch(() => undefined);
    }, PING_MS);
    try {
      await connection.connect();
      await onUp(connection);
      wait = FIRST_DELAY_MS;
      states.up(name);
      await ended;
    } catch (error) {
      reason ??= describeError(error);
    } finally {
      clearInterval(pinging);
      // Ended ones are let be: for each call ioredis keeps a timer.
      if (connection.status !== 'end') connection.disconnect();
    }
    return reason ?? 'the connection ended';
  };
  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const reason = await serve();
      if (closing.signal.aborted) return;
      states.down(name, reason);
      await delay(wait, undefined, { signal: closing.signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_DELAY_MS);
    }
  };
  states.add(name);
  const running = run();
  return {
    async close() {
      closing.abort();
      current?.disconnect();
      await running;
    },
  };
}
