import { Client, type Pool } from 'pg';

import { createLog } from '../log/createLog.js';
import { createPool } from './pool.js';
import { createPgSession, type PgSession, type PgSessionOptions } from './session.js';

const url = process.env['FOYER_TEST_POSTGRES_URL'] as string;
const name = `session-test-${process.pid}`;
const log = createLog('test', 'silent');
let pool: Pool;
let client: Client;
const sessions: PgSession[] = [];

beforeAll(async () => {
  pool = createPool(url, { max: 1, applicationName: 'session-test' });
  client = new Client({ connectionString: url });
  await client.connect();
});

afterEach(() => Promise.all(sessions.splice(0).map((session) => session.stop())));
afterAll(async () => {
  await client.end();
  await pool.end();
});

/** Counts what happens, and lets a test wait for the next time. */
function counter(): { readonly tick: () => void; readonly count: () => number; next: () => Promise<void> } {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    tick() {
      count += 1;
      for (const resolve of waiting.splice(0)) resolve();
    },
    count: () => count,
    next: () => new Promise((resolve) => (waiting = [...waiting, resolve])),
  };
}

function session(options: Partial<PgSessionOptions>): PgSession {
  const made = createPgSession({
    pool,
    name,
    channel: name,
    onConnected: async () => undefined,
    onNotified: () => undefined,
    log,
    ...options,
  });
  sessions.push(made);
  return made;
}

const cut = (): Promise<unknown> =>
  client.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [name]);

test('hears what others send to its channel, however it is spelled, and nothing else', async () => {
  const heard = counter();
  await session({ channel: 'Upper "channel"', onNotified: heard.tick }).start();
  await client.query(`notify unheard`);
  const next = heard.next();
  await client.query(`select pg_notify('Upper "channel"', '')`);
  await next;
  expect(heard.count()).toBe(1);
});

test('many wake-ups become one notification, which the sender itself does not hear', async () => {
  const mine = counter();
  const theirs = counter();
  const first = session({ onNotified: mine.tick, notifyEveryMs: 20 });
  const second = session({ onNotified: theirs.tick });
  await first.start();
  await second.start();
  const next = theirs.next();
  for (let count = 0; count < 100; count += 1) first.notify();
  await next;
  // Notifications come in the order of their commits: another one of the first would have come before this.
  const last = Promise.all([mine.next(), theirs.next()]);
  await client.query('select pg_notify($1, $2)', [name, '']);
  await last;
  expect(theirs.count()).toBe(2);
  expect(mine.count()).toBe(1);
});

test('sends what it owes before it stops', async () => {
  const theirs = counter();
  const first = session({ notifyEveryMs: 60_000 });
  await first.start();
  await session({ onNotified: theirs.tick }).start();
  const next = theirs.next();
  first.notify();
  await first.stop();
  await next;
});

test('connects again after a loss, tells of it, and of being connected: something may have been missed', async () => {
  const connected = counter();
  const lost = counter();
  const heard = counter();
  const one = session({
    onConnected: async () => connected.tick(),
    onLost: lost.tick,
    onNotified: heard.tick,
  });
  await one.start();
  const before = one.connection?.id;
  const [loss, again] = [lost.next(), connected.next()];
  await cut();
  await loss;
  await again;
  expect(connected.count()).toBe(2);
  expect(one.connection?.id).not.toBe(before);
  const next = heard.next();
  await client.query('select pg_notify($1, $2)', [name, '']);
  await next;
});

test('what can not be done on being connected is done on another connection', async () => {
  let tries = 0;
  const one = session({
    onConnected: async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
    },
  });
  await one.start();
  expect(tries).toBe(3);
});

test('goes on after a listener that throws', async () => {
  const heard = counter();
  await session({
    onNotified() {
      heard.tick();
      throw new Error('broken listener');
    },
  }).start();
  for (const count of [1, 2]) {
    const next = heard.next();
    await client.query('select pg_notify($1, $2)', [name, '']);
    await next;
    expect(heard.count()).toBe(count);
  }
});

test('stopping is no loss; afterwards nothing is heard and no connection is left', async () => {
  const lost = counter();
  const heard = counter();
  const one = session({ onLost: lost.tick, onNotified: heard.tick });
  await one.start();
  await one.stop();
  await client.query('select pg_notify($1, $2)', [name, '']);
  const { rows } = await client.query('select from pg_stat_activity where application_name = $1', [name]);
  expect(rows).toHaveLength(0);
  expect(one.connection).toBeNull();
  expect([lost.count(), heard.count()]).toEqual([0, 0]);
});

test('a server that is absent is waited for, and stopping ends the wait', async () => {
  const nowhere = createPool('postgres://nobody@127.0.0.1:1/none', { max: 1, applicationName: name });
  const one = session({ pool: nowhere });
  const started = one.start();
  await one.stop();
  await started;
  expect(one.connection).toBeNull();
  await nowhere.end();
});
