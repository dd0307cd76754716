import { OrderCancelled, outboxEvent } from '@foyer/kafka';
import { takesLateMoney } from '../domain/orderStatus.js';
import type { OrderWork } from '../store/orderWork.js';
import { refundRest } from '../work/cancelOrder.js';
import { completeOrder } from '../work/completeOrder.js';
import { endCheckout } from '../work/endCheckout.js';
import { moveReservation } from '../work/moveReservation.js';
import { snapshotOf } from '../work/snapshotOf.js';
import { inventoryRefused } from './inventoryRefused.js';
import type { Parties } from './parties.js';
import { END, type Task, type Verdict } from './verdict.js';

/** Confirms the hold of an order that costs nothing. */
export function confirmFreeStep({ inventory, codes }: Parties): Task {
  return {
    async ask({ orderId }) {
      await codes.presentKey();
      const answer = await inventory.confirm(orderId);
      return async (work) => {
        if (work.order.status !== 'PENDING') return END;
        if (answer.refusal) return { kind: 'refused', outcome: inventoryRefused(work.order, answer.refusal) };
        await completeOrder(work, codes, answer.lines);
        return END;
      };
    },
  };
}

/** Confirms the hold of an order whose money has come; if its units are gone, the money goes back. */
export function confirmPaidStep({ inventory, codes }: Parties): Task {
  return {
    async ask({ orderId, data }) {
      await codes.presentKey();
      const answer = await inventory.confirm(orderId);
      const onwards: Verdict = data.closing ? { kind: 'next', step: 'CANCEL_PAYMENT' } : END;
      return async (work) => {
        const { status, reason } = work.order;
        // Cancelled meanwhile: whoever did it has the units released and the money given back.
        if (status !== 'PENDING' && !takesLateMoney(status, reason)) return onwards;
        if (answer.refusal) await giveMoneyBack(work);
        else await completeOrder(work, codes, answer.lines);
        return onwards;
      };
    },
  };
}

async function giveMoneyBack(work: OrderWork): Promise<void> {
  const reason = 'SOLD_OUT_AFTER_PAYMENT';
  const note = 'The payment came after the hold had ended, and by then everything was sold.';
  const inCheckout = work.order.status === 'PENDING';
  work.change({ kind: 'CANCELLED', status: 'CANCELLED', reason, note });
  if (inCheckout) {
    endCheckout(work, 'failed');
    await moveReservation(work, 'CANCEL', 'TABLE_GONE');
  }
  const data = { order: await snapshotOf(work), reason } as const;
  work.publish(outboxEvent(OrderCancelled, { aggregateId: work.order.id, data }));
  await refundRest(work, note);
}
