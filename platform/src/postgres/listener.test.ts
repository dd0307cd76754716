import { Client } from 'pg';

import { listenTo, type NotificationListener } from './listener.js';

const url = process.env['FOYER_TEST_POSTGRES_URL'] as string;
const applicationName = `listener-test-${process.pid}`;
let client: Client;
let listener: NotificationListener | undefined;

beforeAll(async () => {
  client = new Client({ connectionString: url });
  await client.connect();
});

afterEach(() => listener?.stop());
afterAll(() => client.end());

/** Collects what wakes, and lets a test wait for the next one. */
function wakes(): { onWake: (channel: string | null) => void; next: () => Promise<string | null> } {
  const seen: (string | null)[] = [];
  let waiting: ((channel: string | null) => void) | undefined;
  return {
    onWake(channel) {
      if (waiting === undefined) {
        seen.push(channel);
      } else {
        waiting(channel);
        waiting = undefined;
      }
    },
    next: () =>
      new Promise((resolve) => {
        const first = seen.shift();
        if (first === undefined) {
          waiting = resolve;
        } else {
          resolve(first);
        }
      }),
  };
}

test('wakes once when it has begun, then for each notification of its channels', async () => {
  const { onWake, next } = wakes();
  listener = listenTo(url, ['Upper channel', 'other'], onWake, { applicationName });
  await listener.ready;
  expect(await next()).toBeNull();
  await client.query(`NOTIFY unheard; NOTIFY "Upper channel"`);
  expect(await next()).toBe('Upper channel');
  await client.query('NOTIFY other');
  expect(await next()).toBe('other');
});

test('listens again after the connection was lost, and wakes for what it may have missed', async () => {
  const { onWake, next } = wakes();
  const errors: Error[] = [];
  listener = listenTo(url, ['channel'], onWake, { applicationName, onError: (error) => errors.push(error) });
  expect(await next()).toBeNull();
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    applicationName,
  ]);
  expect(await next()).toBeNull();
  await client.query('NOTIFY channel');
  expect(await next()).toBe('channel');
  expect(errors.length).toBeGreaterThan(0);
});

test('says nothing more once it was stopped', async () => {
  const onWake = jest.fn();
  listener = listenTo(url, ['channel'], onWake, { applicationName });
  await listener.ready;
  await listener.stop();
  onWake.mockClear();
  await client.query('NOTIFY channel');
  const { rows } = await client.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [
    applicationName,
  ]);
  expect(rows).toHaveLength(0);
  expect(onWake).not.toHaveBeenCalled();
});

test('stops while it has never connected', async () => {
  const unreachable = listenTo('postgres://nobody@127.0.0.1:1/none', ['channel'], () => undefined);
  await unreachable.stop();
  await expect(unreachable.ready).rejects.toThrow(/stopped/);
});

test('goes on after a listener that throws, which it reports', async () => {
  const { onWake, next } = wakes();
  const onError = jest.fn();
  let first = true;
  listener = listenTo(
    url,
    ['channel'],
    (channel) => {
      onWake(channel);
      if (first) {
        first = false;
        throw new Error('broken listener');
      }
    },
    { applicationName, onError },
  );
  expect(await next()).toBeNull();
  await client.query('NOTIFY channel');
  expect(await next()).toBe('channel');
  expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken listener' }));
});
