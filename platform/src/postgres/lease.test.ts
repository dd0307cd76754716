import { Client, type Pool } from 'pg';

import { createLog } from '../log/createLog.js';
import { createLease, type Lease, type LeaseOptions } from './lease.js';
import { createPool } from './pool.js';

const url = process.env['FOYER_TEST_POSTGRES_URL'] as string;
const log = createLog('test', 'silent');
let pool: Pool;
const leases: Lease[] = [];

beforeAll(() => {
  pool = createPool(url, { max: 2, applicationName: 'lease-test' });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(leases.splice(0).map((made) => made.stop()));
});
afterAll(() => pool.end());

/** A lease, and the next time it is this process's turn. */
function lease(
  name: string,
  options: Partial<LeaseOptions> = {},
): { readonly lease: Lease; readonly nextTurn: () => Promise<void> } {
  let announce: () => void = () => undefined;
  const made = createLease({ pool, name: `lease-test-${name}`, onTurn: () => announce(), log, ...options });
  leases.push(made);
  return {
    lease: made,
    nextTurn: () =>
      new Promise((resolve) => {
        announce = resolve;
      }),
  };
}

/** What the lease asks of a client. */
interface Queries {
  query(this: Queries, text: string, values?: unknown[]): Promise<unknown>;
}

/** Breaks the connections of everybody who competes for a lease. */
const cut = (name: string): Promise<unknown> =>
  pool.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
    `foyer-lease-test-${name}`,
  ]);

test('one holds it at a time; giving it back passes it on', async () => {
  const { lease: first } = lease('one');
  const { lease: second, nextTurn } = lease('one');
  await first.start();
  await second.start();
  expect([first.held, second.held]).toEqual([true, false]);
  expect(second.connection).toBeNull();
  const turn = nextTurn();
  await first.stop();
  expect(first.held).toBe(false);
  await turn;
  expect(second.held).toBe(true);
  expect(second.connection).not.toBeNull();
});

test('other names are other leases', async () => {
  const { lease: first } = lease('this');
  const { lease: second } = lease('that');
  await first.start();
  await second.start();
  expect([first.held, second.held]).toEqual([true, true]);
});

test('its turn comes again and again, and when another passes a wake-up on', async () => {
  const { lease: holder, nextTurn } = lease('turns');
  const { lease: other } = lease('turns');
  await holder.start();
  await other.start();
  await nextTurn();
  const turn = nextTurn();
  other.passOn();
  await turn;
});

test('waiting ends when told to, and leaves no connection', async () => {
  await lease('wait').lease.start();
  const { lease: second } = lease('wait');
  await second.start();
  await second.stop();
  const { rows } = await pool.query('select from pg_stat_activity where application_name = $1', [
    'foyer-lease-test-wait',
  ]);
  expect(rows).toHaveLength(1);
});

test('a lease that is granted while its owner gives up waiting is given back', async () => {
  const onTurn = jest.fn();
  const { lease: late } = lease('late', { onTurn });
  const stops: Promise<void>[] = [];
  const client = Client.prototype as unknown as Queries;
  const { query } = client;
  jest.spyOn(client, 'query').mockImplementation(async function (this: Queries, text, values) {
    const result = await query.call(this, text, values);
    // Granted by the server, not yet known to the process.
    if (text.includes('pg_try_advisory_lock') && stops.length === 0) stops.push(late.stop());
    return result;
  });
  await late.start();
  await Promise.all(stops);
  jest.restoreAllMocks();
  expect(stops).toHaveLength(1);
  expect(late.held).toBe(false);
  expect(onTurn).not.toHaveBeenCalled();
  const { lease: next } = lease('late');
  await next.start();
  expect(next.held).toBe(true);
});

test('the loss of the connection is told at once, and the lease is had again', async () => {
  let noteLoss: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => (noteLoss = resolve));
  let heldAtLoss: boolean | null = null;
  const { lease: held, nextTurn } = lease('lost', {
    onLost() {
      heldAtLoss = held.held;
      noteLoss();
    },
  });
  await held.start();
  expect(held.held).toBe(true);
  await cut('lost');
  await lost;
  expect(heldAtLoss).toBe(false);
  await nextTurn();
  expect(held.held).toBe(true);
});

test('giving it back is not a loss, and neither is a connection that did not hold it', async () => {
  const [lostByHolder, lostByOther] = [jest.fn(), jest.fn()];
  const { lease: holder } = lease('released', { onLost: lostByHolder });
  const { lease: other } = lease('released', { onLost: lostByOther });
  await holder.start();
  await other.start();
  await pool.query('select pg_terminate_backend($1)', [await idOf(other)]);
  await holder.stop();
  expect(lostByHolder).not.toHaveBeenCalled();
  expect(lostByOther).not.toHaveBeenCalled();
});

/** The connection of one that waits, by asking the server for what holds no lock. */
async function idOf(_waiting: Lease): Promise<number | undefined> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity a where application_name = 'foyer-lease-test-released'
     and not exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory')`,
  );
  return rows[0]?.pid;
}

test('a database that can not be reached is waited for', async () => {
  const nowhere = createPool('postgres://nobody@127.0.0.1:1/none', { max: 1, applicationName: 'none' });
  const { lease: unreachable } = lease('any', { pool: nowhere });
  const started = unreachable.start();
  expect(unreachable.held).toBe(false);
  await unreachable.stop();
  await started;
  await nowhere.end();
});
