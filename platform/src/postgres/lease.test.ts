import { Client } from 'pg';

import { AdvisoryLease } from './lease.js';

const url = process.env['FOYER_TEST_POSTGRES_URL'] as string;
const leases: AdvisoryLease[] = [];

function lease(name: string, onLost?: (error: Error) => void): AdvisoryLease {
  const applicationName = `lease-test-${name}`;
  const made = new AdvisoryLease({ url, name, applicationName, pollMs: 10, ...(onLost && { onLost }) });
  leases.push(made);
  return made;
}

afterEach(() => Promise.all(leases.splice(0).map((made) => made.release())));

test('one holds it at a time; releasing passes it on', async () => {
  const first = lease('one');
  const second = lease('one');
  expect(await first.acquire()).toBe(true);
  expect(await second.tryAcquire()).toBe(false);
  const waiting = second.acquire();
  expect(second.held).toBe(false);
  await first.release();
  expect(first.held).toBe(false);
  expect(await waiting).toBe(true);
  expect(second.held).toBe(true);
});

test('other names are other leases', async () => {
  expect(await lease('this').tryAcquire()).toBe(true);
  expect(await lease('that').tryAcquire()).toBe(true);
});

test('waiting ends when told to, and leaves no connection', async () => {
  await lease('wait').acquire();
  const stop = new AbortController();
  const second = lease('wait');
  const waiting = second.acquire(stop.signal);
  stop.abort();
  expect(await waiting).toBe(false);
});

test('a lease that is granted while its owner gives up waiting is given back', async () => {
  const stop = new AbortController();
  const late = lease('late');
  const ask = late.tryAcquire.bind(late);
  jest.spyOn(late, 'tryAcquire').mockImplementation(async () => {
    const held = await ask();
    stop.abort();
    return held;
  });
  expect(await late.acquire(stop.signal)).toBe(false);
  expect(late.held).toBe(false);
  expect(await lease('late').tryAcquire()).toBe(true);
});

test('the loss of the connection is told at once, and the lease can be had again', async () => {
  let lose!: (error: Error) => void;
  const lost = new Promise<Error>((resolve) => (lose = resolve));
  const held = lease('lost', lose);
  await held.acquire();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, [
    'lease-test-lost',
  ]);
  await client.end();
  await lost;
  expect(held.held).toBe(false);
  expect(await held.acquire()).toBe(true);
});

test('releasing is not a loss', async () => {
  const onLost = jest.fn();
  const held = lease('released', onLost);
  await held.acquire();
  await held.release();
  expect(onLost).not.toHaveBeenCalled();
});

test('trying rejects when the database cannot be reached', async () => {
  const unreachable = new AdvisoryLease({ url: 'postgres://nobody@127.0.0.1:1/none', name: 'any' });
  await expect(unreachable.tryAcquire()).rejects.toThrow(/ECONNREFUSED/);
});
