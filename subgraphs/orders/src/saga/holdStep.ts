import { OrderCreated, outboxEvent } from '@foyer/kafka';
import { invariant } from '@foyer/platform';
import { priceLine, totalsOf } from '../domain/pricing.js';
import { priceChanged } from '../domain/refusals.js';
import type { HoldAnswer } from '../inventory/inventoryPort.js';
import { askForPayment } from '../work/askForPayment.js';
import { savePrices } from '../store/savePrices.js';
import type { OrderWork } from '../store/orderWork.js';
import type { SagaRow } from '../store/sagaRow.js';
import { snapshotOf } from '../work/snapshotOf.js';
import { takeSeat } from '../work/takeSeat.js';
import { inventoryRefused } from './inventoryRefused.js';
import type { Parties } from './parties.js';
import { END, type Task, type Verdict } from './verdict.js';

/** Holds the order's units, then fixes its prices and total by what the hold says. */
export function holdStep({ inventory }: Parties): Task {
  return {
    async ask({ orderId, data }) {
      const { lines = [], accessCode = null, byStaff = false, waitlistEntryId = null, personId } = data;
      invariant(personId, 'a hold is for a person');
      const answer =
        waitlistEntryId === null
          ? await inventory.hold({ orderId, personId, lines, accessCode, byStaff })
          : await inventory.takeWaitlistOffer({ entryId: waitlistEntryId, orderId, personId });
      return (work) => settle(work, data, answer);
    },
  };

  async function settle(work: OrderWork, data: SagaRow['data'], answer: HoldAnswer): Promise<Verdict> {
    // Cancelled meanwhile: whoever did it has the units released.
    if (work.order.status !== 'PENDING') return END;
    if (answer.refusal) return { kind: 'refused', outcome: inventoryRefused(work.order, answer.refusal) };
    const { rules = {}, quoted = [], expected, byStaff = false, correlationId } = data;
    invariant(expected, 'an order is placed with the total that its buyer saw');

    const currency = answer.lines[0]?.unitPrice.currency ?? expected.currency;
    const lines = answer.lines.map((line) => {
      const rule = rules[line.offerId];
      invariant(rule, `there is no rule for the price of offer ${line.offerId}`);
      // Staff ask no deposit of whom they book for.
      return priceLine({ ...line, unitPrice: byStaff ? 0 : line.unitPrice.amount, currency }, rule);
    });
    const totals = totalsOf(lines, currency);
    const mixed = answer.lines.some((line) => line.unitPrice.currency !== currency);
    if (mixed || totals.total !== expected.amount || currency !== expected.currency) {
      return { kind: 'undo', outcome: priceChanged({ amount: totals.total, currency }, expected).refusal };
    }
    work.setLines(quoted.map((line, position) => ({ ...line, position })));
    work.change({ kind: 'HELD', patch: { ...totals, holdExpiresAt: answer.expiresAt } });
    const [first] = answer.lines;
    if (work.order.kind === 'TABLE' && first) await takeSeat(work, first);
    await savePrices(work, lines);
    const payBy = totals.total === 0 ? null : answer.expiresAt.toISOString();
    const created = { order: await snapshotOf(work), payBy };
    work.publish(outboxEvent(OrderCreated, { aggregateId: work.order.id, data: created }));
    const kept = correlationId === undefined ? {} : { correlationId };
    if (totals.total === 0) return { kind: 'next', step: 'CONFIRM', data: kept };
    return { kind: 'next', step: 'CREATE_PAYMENT', data: { ...kept, ...askForPayment(work, data) } };
  }
}
