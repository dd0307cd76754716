import { queryable } from '@foyer/kafka';
import { newId, pgTransaction } from '@foyer/platform';
import { createHarness, type Harness } from '../testing/createHarness.js';
import { paid } from '../testing/steps.js';
import { checkLedger } from './checkLedger.js';

describe('the ledger in the database', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await createHarness();
  });

  afterEach(() => harness.stop());

  const post = (
    orderId: string,
    entries: readonly (readonly [account: string, amount: number])[],
  ): Promise<void> =>
    pgTransaction(harness.pool, async (sql) => {
      const id = newId();
      await sql.query(
        `insert into ledger_transaction (id, kind, order_id, created_at) values ($1, 'ALLOCATION', $2, foyer_now())`,
        [id, orderId],
      );
      for (const [index, [account, amount]] of entries.entries()) {
        const organizationId = account === 'ORGANIZATION_PAYABLE' ? newId() : null;
        await sql.query(
          `insert into ledger_entry (transaction_id, line, account, organization_id, currency, amount)
           values ($1, $2, $3, $4, 'USD', $5)`,
          [id, index + 1, account, organizationId, amount],
        );
      }
    });

  test('refuses what does not balance, what is empty, and every change', async () => {
    const { orderId } = await paid(harness);
    await expect(
      post(orderId, [
        ['SUSPENSE', 100],
        ['ORGANIZATION_PAYABLE', -99],
      ]),
    ).rejects.toThrow('does not balance');
    await expect(post(orderId, [])).rejects.toThrow('has no entries');
    await expect(harness.pool.query(`update ledger_entry set amount = amount * 2`)).rejects.toThrow(
      'append-only',
    );
    await expect(harness.pool.query(`delete from ledger_transaction`)).rejects.toThrow('append-only');
    await expect(harness.pool.query(`truncate ledger_entry cascade`)).rejects.toThrow('append-only');
    await post(orderId, [
      ['SUSPENSE', 100],
      ['ORGANIZATION_PAYABLE', -100],
    ]);
    await expect(
      post(orderId, [
        ['SUSPENSE', 1],
        ['ORGANIZATION_PAYABLE', -1],
      ]),
    ).rejects.toThrow('ledger_one_allocation');
  });

  test('checkLedger finds what somebody changed behind its back', async () => {
    const { paymentId } = await paid(harness);
    const check = async () => (await checkLedger(queryable(harness.pool))).faults;
    expect(await check()).toEqual([]);
    await pgTransaction(harness.pool, async (sql) => {
      await sql.query(`set local session_replication_role = replica`);
      await sql.query(`update ledger_entry set amount = amount - 1 where account = 'SUSPENSE'`);
    });
    expect(await check()).toEqual([
      'in USD, captured is not allocated + refunded + suspense',
      expect.stringContaining('does not balance in USD: -1 too much'),
      expect.stringContaining('has 12500 in suspense and 0 payable, the ledger says 12501 and 0'),
    ]);
    await harness.pool.query(
      `update payment set captured = 0, captured_at = null, status = 'CANCELLED' where id = $1`,
      [paymentId],
    );
    expect(await check()).toContainEqual(expect.stringContaining('has captured 0, the ledger says 12500'));
  });
});
