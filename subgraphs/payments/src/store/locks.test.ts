import { createPool, newId } from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/payments';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { createOutbox } from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import { paymentInput } from '../testing/steps.js';
import type * as findPaymentModule from './findPayment.js';
import type * as lockPaymentIdModule from './lockPaymentId.js';
import type * as recordPaymentModule from './recordPayment.js';
import type * as recordRefundModule from './recordRefund.js';
import type * as requestCancelModule from './requestCancel.js';

/**
 * Both locks forced into the interleaving that they are for, with the lock and, as a control, without: the first
 * transaction stops after its reads until the second has done its own or waits for the first.
 */
describe.each(['with the lock', 'without'] as const)('%s', (variant) => {
  let test_: TestDatabase;
  let stop: () => Promise<void>;
  let stores: typeof recordPaymentModule & typeof recordRefundModule & typeof requestCancelModule;
  let database: Parameters<typeof recordPaymentModule.recordPayment>[0];
  const outbox = createOutbox('payments');

  beforeEach(async () => {
    jest.resetModules();
    jest.dontMock('./lockPaymentId.js').dontMock('./findPayment.js');
    if (variant === 'without') {
      jest.doMock<typeof lockPaymentIdModule>('./lockPaymentId.js', () => ({
        lockPaymentId: () => Promise.resolve(),
      }));
      const actual = jest.requireActual<typeof findPaymentModule>('./findPayment.js');
      jest.doMock<typeof findPaymentModule>('./findPayment.js', () => ({
        ...actual,
        lockPayment: actual.findPayment,
      }));
    }
    stores = {
      ...jest.requireActual<typeof recordPaymentModule>('./recordPayment.js'),
      ...jest.requireActual<typeof recordRefundModule>('./recordRefund.js'),
      ...jest.requireActual<typeof requestCancelModule>('./requestCancel.js'),
    };
    test_ = await createTestDatabase('payments');
    const opened = openDatabase({
      url: test_.url,
      max: 4,
      applicationName: 'test',
      client: (adapter) => new PrismaClient({ adapter }),
    });
    database = opened;
    stop = async () => {
      await opened.close();
      await test_.drop();
    };
  });

  afterEach(() => stop());

  const options = { closeBeforeHoldSeconds: 60, shortestExpirySeconds: 0, leaseMs: 1000 };

  /** Runs both so that the first holds its transaction open, after its reads, until the second ended or is blocked. */
  async function overlap<First, Second>(
    pauseAt: RegExp,
    first: (paused: typeof database) => Promise<First>,
    second: () => Promise<Second>,
  ): Promise<readonly [PromiseSettledResult<First>, PromiseSettledResult<Second>]> {
    const watcher = createPool(test_.url, { max: 1, applicationName: 'watcher' });
    let reached: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => (reached = resolve));
    let secondEnded = false;
    const pausing: typeof database = {
      ...database,
      transaction: (work, ...rest) =>
        database.transaction(
          (client, sql) =>
            work(client, {
              afterCommit: (action) => {
                sql.afterCommit(action);
              },
              async query(text, values) {
                if (pauseAt.test(text)) {
                  reached();
                  await waitUntil(async () => {
                    if (secondEnded) return true;
                    const { rowCount } = await watcher.query(
                      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
                    );
                    return (rowCount ?? 0) > 0;
                  }, 'the second to end or to wait');
                }
                return await sql.query(text, values);
              },
            }),
          ...rest,
        ),
    };
    const firstEnd = first(pausing);
    await Promise.race([paused, firstEnd.catch(() => undefined)]);
    const secondEnd = second().finally(() => (secondEnded = true));
    const ends = await Promise.allSettled([firstEnd, secondEnd]);
    await watcher.end();
    return ends;
  }

  test('a payment is created while it is cancelled', async () => {
    const input = paymentInput();
    await overlap(
      /^insert into payment /,
      (paused) => stores.recordPayment(paused, outbox, input, options),
      () => stores.requestCancel(database, input.paymentId, 1000),
    );
    const { rows } = await database.pool.query<{ open: boolean; tombstone: boolean }>(
      `select exists (select from payment where cancel_requested_at is null) as open,
         exists (select from payment_tombstone) as tombstone`,
    );
    // Without the lock the payment lives on although its cancelling was answered.
    expect(rows).toEqual([
      variant === 'without' ? { open: true, tombstone: true } : { open: false, tombstone: false },
    ]);
  });

  test('two refunds together exceed what was captured', async () => {
    const input = paymentInput();
    await stores.recordPayment(database, outbox, input, options);
    await database.pool.query(
      `update payment set status = 'COMPLETED', captured = amount, captured_at = foyer_now()`,
    );
    const ask = (using: typeof database) =>
      stores.recordRefund(
        using,
        {
          refundId: newId(),
          paymentId: input.paymentId,
          amount: { amount: 8000, currency: 'USD' },
          reason: 'x',
        },
        () => undefined,
      );
    const ends = await overlap(/^insert into refund /, ask, () => ask(database));
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const message = ends.map((end) => (end.status === 'rejected' ? String(end.reason) : '')).join('');
    // Without the lock both pass the check, and the database's own constraint refuses the second.
    expect(message).toContain(
      variant === 'without' ? 'violates check constraint' : '4500 minor units are left',
    );
  });
});
