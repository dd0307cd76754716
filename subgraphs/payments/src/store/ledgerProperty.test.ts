import { createOutbox, queryable } from '@foyer/kafka';
import { newId, Refused } from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/payments';
import { createTestDatabase } from '@foyer/prisma/testing';
import { paymentInput } from '../testing/steps.js';
import { allocateOrder } from './allocateOrder.js';
import { applyObservation } from './applyObservation.js';
import { applyRefund } from './applyRefund.js';
import { checkLedger } from './checkLedger.js';
import { recordPayment } from './recordPayment.js';
import { recordRefund } from './recordRefund.js';

/** mulberry32 (Tommy Ettinger, public domain): a small generator with a seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const SEEDS = [1, 20_260_501, 777_777];
const PRICE = 1000;

/**
 * Random lives of orders with up to three payments each: paid, paid again, declined, expired, refunded in parts by both
 * outcomes, everything said twice and in any order, several at once. Then everything due is given back, and the books
 * are read.
 */
test.each(SEEDS)('the ledger is sound after any sequence (seed %i)', async (seed) => {
  const random = generator(seed);
  const test_ = await createTestDatabase('payments');
  const database = openDatabase({
    url: test_.url,
    max: 6,
    applicationName: 'test',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  const outbox = createOutbox('payments');
  const sql = queryable(database.pool);
  const options = { closeBeforeHoldSeconds: 60, shortestExpirySeconds: 0, leaseMs: 1000 };
  try {
    const orders = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const of = { orderId: newId(), organizationId: newId() };
        const amount = { amount: PRICE, currency: random(2) === 0 ? 'USD' : 'VND' };
        const inputs = Array.from({ length: 1 + random(3) }, () => paymentInput({ ...of, amount }));
        for (const input of inputs) await recordPayment(database, outbox, input, options);
        return {
          ...of,
          amount,
          paymentIds: inputs.map(({ paymentId }) => paymentId),
          refundIds: [] as string[],
        };
      }),
    );
    type Order = (typeof orders)[number];
    const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)] as Value;
    const askedAt = new Date(Date.now() + 3600_000);
    const observe = (
      id: string,
      state: 'PAID' | 'DECLINED' | 'CLOSED',
      { amount, currency }: Order['amount'],
    ) => {
      const observation =
        state === 'PAID'
          ? ({ state, amount: BigInt(amount), currency } as const)
          : ({ state, reason: 'no' } as const);
      return applyObservation(database, outbox, id, { observation, provider: 'SANDBOX', askedAt });
    };
    const ask = async (order: Order, paymentId: string, amount: number): Promise<void> => {
      const refundId = newId();
      const wanted = { refundId, paymentId, amount: { ...order.amount, amount }, reason: 'x' };
      try {
        await recordRefund(database, wanted, () => undefined);
        order.refundIds.push(refundId);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    };
    const settle = async (refundId: string, ok: boolean): Promise<void> => {
      const { rows } = await database.pool.query<{ amount: bigint; currency: string }>(
        `select r.amount, p.currency from refund r join payment p on p.id = r.payment_id where r.id = $1`,
        [refundId],
      );
      const [row] = rows;
      if (!row) return;
      const observation = ok
        ? ({ state: 'SUCCEEDED', reference: refundId, ...row } as const)
        : ({ state: 'FAILED', reason: 'no' } as const);
      await applyRefund(database, outbox, refundId, { observation, provider: 'SANDBOX' });
    };
    const restsOf = async ({ orderId }: Order) => {
      const { rows } = await database.pool.query<{ id: string; rest: bigint; captured: bigint }>(
        `select id, captured - refunded as rest, captured from payment where order_id = $1 order by rest desc`,
        [orderId],
      );
      return rows;
    };
    const accountOf = async ({ orderId }: Order) => {
      const { rows } = await database.pool.query<{ suspense: bigint; payable: bigint }>(
        `select suspense, payable from order_account where order_id = $1`,
        [orderId],
      );
      return rows[0] as (typeof rows)[number];
    };
    /** Orders says completed only once it has heard of money. */
    const complete = async (order: Order): Promise<void> => {
      if ((await restsOf(order)).every(({ captured }) => captured === 0n)) return;
      await database.transaction((_, transaction) =>
        allocateOrder(transaction, order.orderId, BigInt(PRICE)),
      );
    };
    const step = (): Promise<unknown> => {
      const order = pick(orders);
      const paymentId = pick(order.paymentIds);
      switch (random(7)) {
        case 0:
        case 1:
          return observe(paymentId, 'PAID', order.amount);
        case 2:
          return observe(paymentId, random(2) === 0 ? 'DECLINED' : 'CLOSED', order.amount);
        case 3:
          return ask(order, paymentId, 1 + random(PRICE));
        case 4:
        case 5:
          return order.refundIds.length > 0
            ? settle(pick(order.refundIds), random(4) > 0)
            : Promise.resolve();
        default:
          return complete(order);
      }
    };
    for (let round = 0; round < 60; round++) await Promise.all(Array.from({ length: 4 }, step));
    expect((await checkLedger(sql)).faults).toEqual([]);

    // Everything comes to rest: what no organization is owed goes back.
    for (const order of orders) {
      for (const refundId of order.refundIds) await settle(refundId, true);
      await complete(order);
      for (const { id, rest } of await restsOf(order)) {
        const { suspense } = await accountOf(order);
        if (rest > 0n && suspense > 0n) await ask(order, id, Number(rest < suspense ? rest : suspense));
        for (const refundId of order.refundIds) await settle(refundId, true);
      }
      const kept = (await restsOf(order)).reduce((sum, { rest }) => sum + rest, 0n);
      expect(await accountOf(order)).toEqual({ suspense: 0n, payable: kept });
      expect(kept).toBeLessThanOrEqual(BigInt(PRICE));
    }
    const report = await checkLedger(sql);
    expect(report.faults).toEqual([]);
    expect(report.currencies.length).toBeGreaterThan(0);
    for (const { suspense } of report.currencies) expect(suspense).toBe(0n);
  } finally {
    await database.close();
    await test_.drop();
  }
});
